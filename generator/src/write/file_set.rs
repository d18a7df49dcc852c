//! The output as data: relative paths and texts. Each path can be joined safely to a directory.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::list::{JOURNAL_AND_LIST, TEMPORARY};

/// The files of an output: relative paths with `/` between the names, each with its text, sorted by path.
///
/// Every path can be joined to a directory: none leads out of it, the file systems of all platforms accept it, and no
/// two are the same there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, String>,
}

/// A path that no output file can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    /// The path.
    pub path: String,
    /// The problem.
    pub fault: PathFault,
}

/// The problem of an output file's path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathFault {
    /// It starts with `/`.
    Absolute,
    /// It is empty, has two consecutive `/`, or one at the end.
    EmptyName,
    /// A name in it is `.` or `..`.
    Dots,
    /// A character other than ASCII letters, digits, `.`, `-` and `_`: modules in files must have ASCII names, and
    /// other characters have different meanings on different systems.
    Character(char),
    /// A name in it is longer than 255 bytes, which no common file system supports.
    TooLong,
    /// A name in it is a device on Windows (`con`, `aux.rs`) or ends with a dot, which Windows drops.
    Windows,
    /// The place belongs to the generator's own records or to another tool.
    Reserved,
    /// The path is repeated.
    Twice,
    /// It differs only in case from another path, or from a folder in one.
    CaseOf(String),
    /// Another path needs a folder of this name.
    AlsoFolder(String),
}

impl FileSet {
    /// Creates a set of these files.
    ///
    /// # Errors
    /// Every invalid path, in the order of the files.
    pub fn new<Path, Text>(files: impl IntoIterator<Item = (Path, Text)>) -> Result<Self, Vec<PathError>>
    where
        Path: Into<String>,
        Text: Into<String>,
    {
        let mut set = BTreeMap::new();
        let mut places = Places::default();
        let mut errors = Vec::new();
        for (path, text) in files {
            let path = path.into();
            match check(&path).and_then(|()| places.take(&path)) {
                Ok(()) => {
                    set.insert(path, text.into());
                }
                Err(fault) => errors.push(PathError { path, fault }),
            }
        }
        if errors.is_empty() { Ok(Self { files: set }) } else { Err(errors) }
    }

    /// The paths and texts, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of the file at `path`.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// The taken places: the lower-case form of each file and each folder, with its spelling.
#[derive(Default)]
struct Places {
    files: BTreeMap<String, String>,
    folders: BTreeMap<String, String>,
    /// The folder of the last file.
    last_folder: String,
}

impl Places {
    /// Takes the place of the file `path` and of the folders above it.
    fn take(&mut self, path: &str) -> Result<(), PathFault> {
        // The files of a folder mostly follow each other.
        let own = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_known = own == self.last_folder;
        for folder in folders(path).filter(|_| !is_known) {
            let lower = folder.to_ascii_lowercase();
            if let Some(taken) = self.files.get(&lower) {
                return Err(PathFault::AlsoFolder(taken.clone()));
            }
            if let Some(taken) = self.folders.get(&lower).filter(|taken| *taken != folder) {
                return Err(PathFault::CaseOf(taken.clone()));
            }
        }
        let lower = path.to_ascii_lowercase();
        if let Some(taken) = self.folders.get(&lower) {
            return Err(PathFault::AlsoFolder(taken.clone()));
        }
        if let Some(taken) = self.files.get(&lower) {
            return Err(if taken == path { PathFault::Twice } else { PathFault::CaseOf(taken.clone()) });
        }
        self.files.insert(lower, path.to_owned());
        if !is_known {
            self.folders.extend(folders(path).map(|folder| (folder.to_ascii_lowercase(), folder.to_owned())));
            self.last_folder = own.to_owned();
        }
        Ok(())
    }
}

/// The folders above a file, outermost first: `src` and `src/models` for `src/models/mod.rs`.
pub(super) fn folders(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    // The search for a single `char` is made for longer texts.
    path.match_indices(['/']).map(|(end, _)| path.get(..end).unwrap_or_default())
}

/// The folders above these files.
pub(super) fn all_folders<'p>(paths: impl Iterator<Item = &'p str>) -> BTreeSet<&'p str> {
    let mut own: Vec<&str> = paths.filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
    own.dedup();
    own.into_iter().flat_map(|own| folders(own).chain([own])).collect()
}

/// Checks a single path.
pub(super) fn check(path: &str) -> Result<(), PathFault> {
    if path.starts_with('/') {
        return Err(PathFault::Absolute);
    }
    let names = || path.split(['/']);
    names().try_for_each(check_name)?;
    if names().next().is_some_and(is_others) || is_record(path) { Err(PathFault::Reserved) } else { Ok(()) }
}

/// Whether an entry at the top of the directory belongs to another tool.
pub(super) fn is_others(name: &str) -> bool {
    ["target", "Cargo.lock", ".git"].iter().any(|other| name.eq_ignore_ascii_case(other))
}

/// Whether a path is, or is below, one of the generator's own records, which are in the same directory.
fn is_record(path: &str) -> bool {
    let mut names = path.split(['/']);
    let is_list = |top: &str| JOURNAL_AND_LIST.iter().any(|record| top.eq_ignore_ascii_case(record));
    names.clone().next().is_some_and(is_list) || names.any(|name| name.eq_ignore_ascii_case(TEMPORARY))
}

/// Checks one name between the slashes.
fn check_name(name: &str) -> Result<(), PathFault> {
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_');
    if name.is_empty() {
        Err(PathFault::EmptyName)
    } else if name == "." || name == ".." {
        Err(PathFault::Dots)
    } else if let Some(other) = name.chars().find(|character| !allowed(*character)) {
        Err(PathFault::Character(other))
    } else if name.len() > 255 {
        Err(PathFault::TooLong)
    } else if name.ends_with('.') || is_device(name) {
        Err(PathFault::Windows)
    } else {
        Ok(())
    }
}

/// Whether Windows takes a name for a device; the part after the first dot does not matter.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    if stem.len() > "com1".len() {
        return false;
    }
    let stem = stem.to_ascii_lowercase();
    let numbered =
        |device: &str| stem.strip_prefix(device).is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no output file can have the path {:?}: {}", Shortened(&self.path).to_string(), self.fault)
    }
}

impl std::error::Error for PathError {}

impl fmt::Display for PathFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absolute => f.write_str("it is absolute"),
            Self::EmptyName => f.write_str("a name in it is empty"),
            Self::Dots => f.write_str("a name in it is `.` or `..`"),
            Self::Character(character) => {
                write!(f, "{character:?} is not an ASCII letter, a digit, `.`, `-` or `_`")
            }
            Self::TooLong => f.write_str("a name in it is longer than 255 bytes"),
            Self::Windows => f.write_str("a name in it is reserved on Windows"),
            Self::Reserved => f.write_str("the place is reserved for build tools or the generator's own records"),
            Self::Twice => f.write_str("it is repeated"),
            Self::CaseOf(other) => write!(f, "it differs only in case from `{}`", Shortened(other)),
            Self::AlsoFolder(other) => write!(f, "`{}` would be both a file and a folder", Shortened(other)),
        }
    }
}

/// Shows a text in at most 100 characters.
struct Shortened<'a>(&'a str);

impl fmt::Display for Shortened<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(100) {
            Some((end, _)) => write!(f, "{}…", self.0.get(..end).unwrap_or_default()),
            None => f.write_str(self.0),
        }
    }
}
