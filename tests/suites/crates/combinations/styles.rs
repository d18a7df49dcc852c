//! Random parameters at every place and in every style, with values of any kind.

use serde_json::{Value, json};

use crate::combinations::operations::Draft;
use crate::combinations::schemas::Maker;

impl Maker {
    /// Adds parameters other than plain ones of the query.
    pub(crate) fn styled(&mut self, draft: &mut Draft) {
        for index in 0..self.random.pick(&[0, 0, 0, 1, 2]) {
            let (location, styles): (&str, &[&str]) = match self.random.below(4) {
                0 => ("header", &["simple"]),
                1 => ("cookie", &["form"]),
                _ => ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
            };
            let name = match location {
                // Other names are not valid for a header.
                "header" => format!("X-Header-{index}"),
                _ => self.daring.member(&mut self.random, &mut draft.names),
            };
            let schema = self.value(1);
            let required = self.random.percent(20);
            let mut parameter = self.parameter(&name, location, required, schema);
            if self.random.percent(20) {
                let schema = parameter["schema"].take();
                let example = parameter.as_object_mut().and_then(|parameter| {
                    parameter.remove("schema");
                    parameter.remove("example")
                });
                let mut media_type = json!({ "schema": schema });
                if let Some(example) = example {
                    media_type["example"] = example;
                }
                parameter["content"] = json!({ "application/json": media_type });
            } else {
                self.style(&mut parameter, location, styles);
            }
            draft.parameters.push(parameter);
        }
    }

    fn style(&mut self, parameter: &mut Value, location: &str, styles: &[&str]) {
        let style = self.random.pick(styles);
        if self.random.percent(70) {
            parameter["style"] = json!(style);
        }
        // A style for lists cannot have an exploded object.
        if self.random.percent(40) && !style.ends_with("Delimited") {
            parameter["explode"] = json!(self.random.percent(50));
        }
        if location == "query" {
            for flag in ["allowReserved", "allowEmptyValue"] {
                if self.random.percent(15) {
                    parameter[flag] = json!(true);
                }
            }
        }
    }

    /// Sets another style for a path parameter.
    pub(crate) fn path_style(&mut self, parameter: &mut Value) {
        if self.random.percent(15) {
            parameter["style"] = json!(self.random.pick(&["simple", "label", "matrix"]));
            parameter["explode"] = json!(self.random.percent(50));
        }
    }
}
