//! What is read besides the description, and what is omitted from it.

mod files;
mod overlays;
mod slices;
mod tag_features;
