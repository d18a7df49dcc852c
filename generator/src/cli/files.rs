//! Reading from the disk.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use super::Named;
use crate::bundle;
use crate::diagnostics::Source;
use crate::source::MAX_BYTES;

/// Reads a file, up to the size limit of a spec: a device or a pipe can be endless.
pub(super) fn contents(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    fs::File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_BYTES {
        let message = format!("it is longer than the limit of {MAX_BYTES} bytes");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

pub(super) fn read(file: &Named, what: &str) -> Result<String, String> {
    let bytes =
        contents(&file.path).map_err(|error| format!("error: cannot read the {what} {}: {error}\n", file.shown))?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..valid).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count().saturating_add(1);
        format!("error: {}:{line}: not UTF-8 at byte {valid}: save the file as UTF-8\n", file.shown)
    })
}

/// Reads a file in the folder of the spec or below it, or returns why it is not read.
pub(super) fn read_beside(spec: &Named, way: &str) -> Result<Source, String> {
    let folder = spec.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let path = folder.join(way);
    let found = fs::metadata(&path).map_err(|error| format!("`{way}` cannot be read: {error}"))?;
    if !found.is_file() {
        return Err(format!("`{way}` is not a file"));
    }
    if !bundle::is_inside(folder, &path) {
        return Err(format!("`{way}` is a link that leads out of the folder of the description"));
    }
    let bytes = contents(&path).map_err(|error| format!("`{way}` cannot be read: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|_| format!("`{way}` is not UTF-8"))?;
    let shown =
        Path::new(&spec.shown).parent().map_or_else(|| way.to_owned(), |folder| folder.join(way).display().to_string());
    Ok(Source::new(shown, text))
}
