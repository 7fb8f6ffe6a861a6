//! Short forms that the text itself defines: （以下简称“…”）, 简称…, a bracket behind the name.

use rustc_hash::FxHashMap;

use super::abbreviation::abbreviates;
use super::name::{joined, length, plain};
use super::scene::{self, Scene};
use crate::mention::Mention;
use crate::rule::linking::Use;
use crate::schema::{Form, RuleId, Type};
use crate::text::Span;

struct Entry {
    kind: Type,
    norm: String,
    /// First byte of the short form where it is defined.
    at: usize,
}

/// The short forms of one text.
#[derive(Default)]
pub(super) struct Learned {
    entries: FxHashMap<String, Vec<Entry>>,
    /// Where each was defined: the span of the short form.
    spans: Vec<(Span, Type, String)>,
}

impl Learned {
    /// Reads the definitions behind the mentions of a text.
    pub fn read(scene: &Scene<'_>, mentions: &[Mention]) -> Learned {
        let mut out = Learned::default();
        for (i, mention) in mentions.iter().enumerate() {
            let names = !matches!(mention.kind, Type::Date | Type::Figure | Type::Position);
            if mention.inner || mention.form == Form::Title || !names {
                continue;
            }
            out.behind(scene, mentions, i);
        }
        out
    }

    /// The meaning of a short form at a byte of the text. A definition holds for the whole text: titles use it first.
    pub fn get(&self, kind: Type, fold: &str, at: usize) -> Option<&str> {
        if self.entries.is_empty() {
            return None;
        }
        let entries = self.entries.get(&plain(fold))?;
        let fits = |e: &&Entry| e.kind == kind;
        let before = entries.iter().rev().filter(|e| e.at <= at).find(fits);
        before.or_else(|| entries.iter().find(fits)).map(|e| e.norm.as_str())
    }

    /// The names for which the text defines a short form.
    pub fn defined(&self, kind: Type) -> impl Iterator<Item = &str> {
        self.spans.iter().filter(move |s| s.1 == kind).map(|s| s.2.as_str())
    }

    fn add(&mut self, kind: Type, span: Span, short: &str, norm: String) {
        self.entries.entry(plain(short)).or_default().push(Entry { kind, norm: norm.clone(), at: span.start });
        self.spans.push((span, kind, norm));
    }

    fn behind(&mut self, scene: &Scene<'_>, mentions: &[Mention], i: usize) {
        let mention = &mentions[i];
        let end = mention.span.end;
        let rest = scene.after(end);
        let inside = rest.trim_start_matches(['”', '"', '》', '」', '』']);
        let skipped = rest.len() - inside.len();
        let (bracket, body) = match inside.strip_prefix(['（', '(']) {
            Some(body) => (true, body),
            None => (false, inside.strip_prefix(['，', ',']).unwrap_or("")),
        };
        let start = end + skipped + (inside.len() - body.len());
        let lead = scene.linker.list(Use::Defines).starting(body).next();
        let limit = match bracket {
            true => body.find(['）', ')']),
            false => body.find(['，', '。', '；', ',', '、', '\n']),
        };
        let Some(limit) = limit.filter(|limit| body[..*limit].chars().count() <= 40) else { return };
        let norm = scene.canonical(mention);
        match lead {
            Some(lead) => {
                let mut at = start + lead.len();
                for piece in body[lead.len()..limit].split(['或', '、', '；', '，']) {
                    self.define(scene, mention.kind, at, piece, &norm);
                    at += piece.len();
                    at += scene.after(at).chars().next().map_or(0, char::len_utf8);
                }
            }
            // 某某委员会（某委）: only where the bracket is plainly a short form, or a Latin acronym of a body.
            None if bracket && mention.kind == Type::Organization => {
                let piece = &body[..limit];
                let latin = piece.len() >= 2 && piece.len() <= 8 && piece.bytes().all(|b| b.is_ascii_uppercase());
                let fold = scene.fold(mention);
                if latin || (piece.chars().count() <= 8 && abbreviates(scene.linker, piece, &fold)) {
                    self.define(scene, mention.kind, start, piece, &norm);
                }
            }
            None => {}
        }
    }

    fn define(&mut self, scene: &Scene<'_>, kind: Type, at: usize, piece: &str, norm: &str) {
        let open: &[char] = &['“', '"', '「', '『', '‘', ' ', '：', ':', '为'];
        let inner = piece.trim_start_matches(open);
        let start = at + piece.len() - inner.len();
        let inner = inner.trim_end_matches(['”', '"', '」', '』', '’', ' ']);
        let count = inner.chars().count();
        if !(1..=24).contains(&count) || inner.contains(['。', '\n']) {
            return;
        }
        let span = Span::new(start, start + inner.len());
        let short = joined(scene.folded(span));
        if plain(&short) != plain(norm) && !short.is_empty() {
            self.add(kind, span, &short, norm.to_owned());
        }
    }

    /// Marks the short forms that no mention covers yet, where they are defined and wherever they stand.
    pub fn mark(&self, scene: &Scene<'_>, mentions: &mut Vec<Mention>) {
        const RULE: RuleId = RuleId::new("link.short.defined");
        let mut spans = self.spans.clone();
        // 公司, 本院, 大赛 stand for the name but are no name.
        let worth = |short: &str| {
            (length(short) > 2 || short.starts_with('《')) && !scene.linker.list(Use::NoShort).holds(short)
        };
        let defined: Vec<&(Span, Type, String)> =
            self.spans.iter().filter(|(span, _, _)| worth(scene.folded(*span))).collect();
        let shorts: Vec<&str> = defined.iter().map(|(span, _, _)| scene.folded(*span)).collect();
        for (which, at) in scene.doc.view.occurrences(&shorts) {
            let (span, kind, norm) = defined[which];
            if at >= span.end {
                spans.push((Span::new(at, at + shorts[which].len()), *kind, norm.clone()));
            }
        }
        spans.sort_by_key(|s| (s.0.start, std::cmp::Reverse(s.0.end)));
        let (mut more, mut end) = (Vec::new(), 0);
        let mut taken: Vec<Span> = Vec::new();
        for (span, kind, norm) in spans {
            if span.start < end || scene.linker.list(Use::NoShort).holds(scene.folded(span)) {
                continue;
            }
            // 陇原 in the short form 陇原重工 is no place of its own.
            let part = |m: &&Mention| m.kind == Type::Place && span.contains(m.span) && m.span != span;
            let mut over = scene::near(mentions, span).iter().filter(|m| !m.inner && m.span.overlaps(span));
            if over.all(|m| kind == Type::Organization && part(&m)) {
                end = span.end;
                taken.push(span);
                more.push(scene::name(span, kind, norm, RULE));
            }
        }
        mentions.retain(|m| {
            let at = taken.partition_point(|span| span.end <= m.span.start);
            m.kind != Type::Place || !taken.get(at).is_some_and(|span| span.contains(m.span))
        });
        mentions.extend(more);
    }
}
