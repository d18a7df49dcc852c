//! The basis of the generated code, the same for every API: conversion between models and JSON, and between calls and
//! HTTP.

#[cfg(feature = "client")]
pub(crate) mod client;
mod link_targets;
pub(crate) mod model;

pub(crate) use link_targets::link_targets;
