//! Sets of members that are one thing, with what must stay apart.

/// A union-find that refuses to join what the user keeps apart.
pub(super) struct Groups {
    parent: Vec<usize>,
    /// Pairs that must not meet, with the line that says so.
    apart: Vec<(usize, usize, usize)>,
}

impl Groups {
    pub fn new(count: usize) -> Groups {
        Groups { parent: (0..count).collect(), apart: Vec::new() }
    }

    /// Forbids that the two ever meet.
    pub fn keep_apart(&mut self, a: usize, b: usize, line: usize) {
        self.apart.push((a, b, line));
    }

    /// The least member of the set.
    pub fn find(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Joins two sets; the line that forbids it, if one does.
    pub fn join(&mut self, a: usize, b: usize) -> Result<bool, usize> {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return Ok(false);
        }
        for i in 0..self.apart.len() {
            let (x, y, line) = self.apart[i];
            let (x, y) = (self.find(x), self.find(y));
            if (x, y) == (a, b) || (x, y) == (b, a) {
                return Err(line);
            }
        }
        // The least index stands for the set, so that the order of joins does not matter.
        self.parent[a.max(b)] = a.min(b);
        Ok(true)
    }
}
