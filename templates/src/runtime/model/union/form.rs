//! How a variant holds its value: a word in the tables of [`union!`](super::union), which is a function in here that
//! reads the value.

use super::attempt;
use crate::runtime::model::part::Part;

pub(crate) fn boxed<T: Part>(json: &str) -> Option<Box<T>> {
    attempt(json).map(Box::new)
}

pub(crate) fn plain<T: Part>(json: &str) -> Option<T> {
    attempt(json)
}

pub(crate) fn copied<T: Part + Copy>(json: &str) -> Option<T> {
    attempt(json)
}

pub(crate) fn list<T: Part>(json: &str) -> Option<Vec<T>> {
    attempt(json)
}

pub(crate) fn text<T: Part>(json: &str) -> Option<T> {
    attempt(json)
}
