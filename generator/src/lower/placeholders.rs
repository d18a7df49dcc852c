//! The placeholders of a path template, and how they and the path parameters fit each other.

use super::parameters::ParameterDraft;
use super::{Lowering, paths};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::Location;
use crate::pointer::Pointer;
use crate::spec::Template;

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
            self.problem(Code::PathParameter, &path_pointer, format!("`{path}` has a brace without its partner"))
                .help = Some("braces stand around the name of a parameter: `/things/{thing_id}`".to_owned());
        }
        for (index, name) in placeholders.iter().enumerate() {
            if placeholders[..index].contains(name) {
                self.problem(Code::PathParameter, &path_pointer, format!("`{{{name}}}` stands twice in `{path}`"))
                    .help = Some("give the second one a name and a parameter of its own".to_owned());
            }
            let declared =
                |parameter: &ParameterDraft<'a>| parameter.location == Location::Path && parameter.data.name == *name;
            if !parameters.iter().any(declared) {
                let problem = self.problem(
                    Code::PathParameter,
                    operation,
                    format!("`{{{name}}}` of the path is not a parameter"),
                );
                problem.related.push((Place::Key(path_pointer.clone()), "it stands in this path".to_owned()));
                problem.help = Some(format!(
                    "parameters:\n  - name: {name}\n    in: path\n    required: true\n    schema: {{ type: string }}"
                ));
            }
        }
        for ParameterDraft { data, location, .. } in parameters {
            if *location == Location::Path && !placeholders.contains(&data.name.as_str()) {
                let message = format!("the path parameter `{}` has no place in `{path}`", data.name);
                let problem = self.problem(Code::PathParameter, &data.key("name"), message);
                problem.related.push((Place::Key(path_pointer.clone()), "the path".to_owned()));
                problem.help = Some(format!("put `{{{}}}` into the path, or remove the parameter", data.name));
            }
        }
    }
}
