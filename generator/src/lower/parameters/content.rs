//! `content`: a parameter with a media type.

use indexmap::IndexMap;
use openapiv3::{MediaType, ParameterData};
use serde_json::Value;

use super::super::schemas::Usage;
use super::super::{At, Lowering};
use super::styles::Wanted;
use crate::ir::{Docs, Layout, Scalar, TypeRef, is_json};

impl<'a> Lowering<'a> {
    /// Returns the value of a parameter with `content`, and an example of it.
    pub(super) fn parameter_content(
        &mut self,
        data: &At<'a, ParameterData>,
        content: &'a IndexMap<String, MediaType>,
        wanted: &mut Wanted,
    ) -> (Usage, Option<Value>) {
        let anything = |ty: TypeRef| Usage { ty, docs: Docs::default() };
        let mut entries = data.entries("content", content);
        let (Some((name, media_type)), None) = (entries.next(), entries.next()) else {
            self.unsupported(&data.key("content"), "a parameter without exactly one media type").help =
                Some("write one: `content: { application/json: { schema: … } }`".to_owned());
            return (anything(TypeRef::Any), None);
        };
        let is_json = is_json(name);
        if is_json {
            wanted.layout = Layout::Json;
        } else {
            wanted.as_text();
        }
        let usage = match media_type.optional("schema", &media_type.object.schema) {
            Some(schema) => self.usage(schema),
            None => anything(if is_json { TypeRef::Any } else { TypeRef::Scalar(Scalar::String) }),
        };
        let example = media_type.example.clone();
        (usage, example.or_else(|| self.first_example(&media_type, &media_type.object.examples)))
    }
}
