//! A plan as text, for `--check` and for the freshness test.

use super::plan::Plan;

impl Plan {
    /// One line per difference, with the name of the directory before each path. Empty if there is none.
    pub fn report(&self, directory: &str) -> String {
        let mut text = String::new();
        let lists = [
            (&self.created, "would write", " (missing)"),
            (&self.changed, "would write", " (different)"),
            (&self.removed, "would remove", " (no longer generated)"),
            (&self.foreign, "left over", " (not written by the generator: move or delete it)"),
        ];
        for (paths, what, note) in lists {
            for path in paths {
                text.push_str(&format!("{what:<12} {directory}/{path}{note}\n"));
            }
        }
        for obstacle in &self.obstacles {
            text.push_str(&format!("in the way   {directory}/{obstacle}: move or delete it\n"));
        }
        if self.cut_off {
            text.push_str(&format!("An earlier run on {directory} was interrupted.\n"));
        }
        text
    }
}
