//! Reads the ids of related resources, and names a resource in a request.

use api::models::{GroupId, NamedPet, Pet};

pub fn home(pet: &Pet) -> Option<GroupId> {
    pet.home_id()
}

pub fn vet(pet: &Pet) -> Option<GroupId> {
    pet.vet_id()
}

pub fn walker(pet: &Pet) -> Option<GroupId> {
    pet.walker_id()
}

pub fn named(pet: &Pet) -> NamedPet {
    NamedPet::from(pet)
}

pub fn parts(pet: &Pet) -> (String, Option<String>) {
    let name: String = pet.attributes.name.clone();
    let town: Option<String> = pet.attributes.town.clone();
    (name, town)
}

pub fn group(pet: &Pet) -> Option<GroupId> {
    let vet = pet.relationships.as_ref()?.vet.as_ref()?;
    let id: GroupId = vet.data.id;
    Some(id)
}
