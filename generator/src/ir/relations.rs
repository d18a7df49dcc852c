//! Relationships of [JSON:API](https://jsonapi.org/format/#document-resource-object-relationships): which other resources a
//! resource object names.

use super::{Field, FieldPath, TypeId, TypeRef, Types};

impl Types {
    /// The paths to the ids of the resources that a resource object is related to, where it has one of each kind:
    /// `relationships`, a name, `data`, `id`. Empty if the type is not that of a resource object.
    pub fn relations(&self, id: TypeId) -> Vec<FieldPath> {
        let related = self.part_of_resource(id, "relationships");
        let path = |field: &Field| {
            let path = self.path(&TypeRef::Named(id), ["relationships", &field.name, "data", "id"])?;
            let is_id = self.fields(&path).next_back().is_some_and(|id| id.required && self.is_scalar(&id.ty));
            is_id.then_some(path)
        };
        related.iter().filter_map(path).collect()
    }

    /// The fields of an object in a resource object, such as its `attributes`; none in another type.
    pub fn part_of_resource(&self, id: TypeId, part: &str) -> &[Field] {
        let named = |name: &str| self[id].shape.fields().iter().find(|field| field.name == name);
        let (Some(_), Some(_), Some(part)) = (named("id"), named("type"), named(part)) else { return &[] };
        self.object(part.ty.without_null()).map(|(_, fields)| fields).unwrap_or_default()
    }
}
