//! What is read beside a description, and what is left out of it.

mod files;
mod overlays;
mod slices;
mod tag_features;
