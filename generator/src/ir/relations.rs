//! Relationships of [JSON:API](https://jsonapi.org/format/#document-resource-object-relationships): which other resources a
//! resource object names.

use super::{Field, FieldPath, TypeId, TypeRef, Types};

impl Types {
    /// The paths to the ids of the resources that a resource object is related to, where it has one of each kind:
    /// `relationships`, a name, `data`, `id`. Empty if the type is not that of a resource object.
    pub fn relations(&self, id: TypeId, fields: &[Field]) -> Vec<FieldPath> {
        let named = |name: &str| fields.iter().find(|field| field.name == name);
        let (Some(_), Some(_), Some(relationships)) = (named("id"), named("type"), named("relationships")) else {
            return Vec::new();
        };
        let related = self.object(relationships.ty.without_null()).map(|(_, related)| related).unwrap_or_default();
        let path = |field: &Field| {
            let path = self.path(&TypeRef::Named(id), ["relationships", &field.name, "data", "id"])?;
            let is_id = self.fields(&path).next_back().is_some_and(|id| id.required && self.is_scalar(&id.ty));
            is_id.then_some(path)
        };
        related.iter().filter_map(path).collect()
    }
}
