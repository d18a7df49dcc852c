//! The basis of the generated code, the same for every API: conversion between models and JSON, and between calls and
//! HTTP.

#[cfg(feature = "client")]
pub(crate) mod client;
pub(crate) mod model;
