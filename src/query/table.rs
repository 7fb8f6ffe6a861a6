//! Tables for terminals: columns aligned by the width of Chinese characters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Widest cell in terminal columns; longer ones run over several lines.
const WIDEST: usize = 48;

/// Draws a table with a line of headings.
pub(super) fn draw(columns: &[String], rows: &[Vec<String>]) -> String {
    let cells: Vec<Vec<Vec<String>>> =
        rows.iter().map(|row| row.iter().map(|cell| wrap(cell, WIDEST)).collect()).collect();
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let inside = cells.iter().filter_map(|row| row.get(at)).flatten().map(|line| line.width()).max();
            inside.unwrap_or(0).max(name.width())
        })
        .collect();
    let mut out = String::new();
    line(&mut out, columns, &widths);
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    out += &rule.join("──");
    out.push('\n');
    for row in &cells {
        let height = row.iter().map(Vec::len).max().unwrap_or(1);
        for at in 0..height {
            let parts: Vec<String> = row.iter().map(|cell| cell.get(at).cloned().unwrap_or_default()).collect();
            line(&mut out, &parts, &widths);
        }
    }
    out
}

fn line(out: &mut String, cells: &[String], widths: &[usize]) {
    let mut text = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        text += cell;
        text.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
    }
    out.push_str(text.trim_end());
    out.push('\n');
}

/// Breaks a cell into lines no wider than `widest`; control characters become blanks.
fn wrap(cell: &str, widest: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for c in cell.chars().map(|c| if c.is_control() { ' ' } else { c }) {
        let width = c.width().unwrap_or(0);
        if used + width > widest {
            lines.push(String::new());
            used = 0;
        }
        used += width;
        if let Some(last) = lines.last_mut() {
            last.push(c);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn chinese_columns_stand_in_line() {
        let columns = ["谁".to_owned(), "award".to_owned()];
        let rows = vec![vec!["王小明".to_owned(), "x".to_owned()], vec!["Li".to_owned(), "先进".to_owned()]];
        assert_eq!(draw(&columns, &rows), "谁      award\n─────────────\n王小明  x\nLi      先进\n");
    }

    #[test]
    fn long_cells_run_over_lines() {
        let rows = vec![vec!["字".repeat(30), "b".to_owned()]];
        let text = draw(&["a".to_owned(), "b".to_owned()], &rows);
        assert_eq!(text.lines().count(), 4);
        assert!(text.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 51));
    }
}
