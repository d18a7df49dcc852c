//! Compares the placeholders of a path template with the path parameters.

use super::parameters::ParameterDraft;
use super::{Lowering, paths};
use std::collections::BTreeSet;

use openapiv3::ParameterData;

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::Location;
use crate::pointer::Pointer;
use crate::spec::Template;

use super::at::At;

impl<'a> Lowering<'a> {
    pub(super) fn check_template(&mut self, path: &str, parameters: &[ParameterDraft<'a>], operation: &Pointer) {
        let template = Template::of(path);
        let path_pointer = Pointer::root().key("paths").key(path);
        if let Err((reason, help)) = paths::check(path) {
            let problem = Diagnostic::new(Code::InvalidPath, Place::Key(path_pointer.clone()), reason);
            self.problems.push(problem.help(help));
        }
        if template.is_too_long() {
            return;
        }
        let placeholders = template.names();
        self.refuse_hidden(Place::Key(path_pointer.clone()), "this path", path);
        if template.is_torn() {
            // Its placeholders are unknown.
            self.problem(Code::PathParameter, &path_pointer, format!("`{path}` has an unpaired brace")).help =
                Some("braces enclose the name of a parameter: `/things/{thing_id}`".to_owned());
            return;
        }
        let in_path = || parameters.iter().filter(|parameter| parameter.location == Location::Path);
        let is_declared = |name: &str| in_path().any(|parameter| parameter.data.name == name);
        // The argument of a repeated name is used in both places.
        let undeclared: BTreeSet<&str> = placeholders.iter().copied().filter(|name| !is_declared(name)).collect();
        let undeclared: Vec<&str> = undeclared.into_iter().collect();
        let unplaced: Vec<&ParameterDraft<'a>> =
            in_path().filter(|parameter| !placeholders.contains(&parameter.data.name.as_str())).collect();
        if let ([name], [ParameterDraft { data, .. }]) = (undeclared.as_slice(), unplaced.as_slice()) {
            return self.names_differ(path_pointer, name, data);
        }
        for name in undeclared {
            let problem = self.problem(
                Code::PathParameter,
                operation,
                format!("the placeholder `{{{name}}}` of the path has no parameter"),
            );
            problem.related.push((Place::Key(path_pointer.clone()), "it is in this path".to_owned()));
            problem.help = Some(format!(
                "parameters:\n  - name: {name}\n    in: path\n    required: true\n    schema: {{ type: string }}"
            ));
        }
        for ParameterDraft { data, .. } in unplaced {
            let message = format!("the path parameter `{}` has no placeholder in `{path}`", data.name);
            let problem = self.problem(Code::PathParameter, &data.key("name"), message);
            problem.related.push((Place::Key(path_pointer.clone()), "the path".to_owned()));
            problem.help = Some(format!("add `{{{}}}` to the path, or remove the parameter", data.name));
        }
    }

    /// Reports one placeholder and one parameter that are left over: one of them is misspelt. Every operation of the
    /// path has the same problem.
    fn names_differ(&mut self, path: Pointer, name: &str, parameter: &At<'a, ParameterData>) {
        let message = format!(
            "the placeholder `{{{name}}}` of this path has no parameter, and the parameter `{}` has no placeholder",
            parameter.name
        );
        let mut problem = Diagnostic::new(Code::PathParameter, Place::Key(path), message);
        problem.related.push((Place::Value(parameter.key("name")), "the parameter".to_owned()));
        self.problems.push(problem.help(format!("write `{{{}}}` in the path, or `name: {name}`", parameter.name)));
    }
}
