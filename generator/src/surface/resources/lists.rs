//! Lists of items, with their parameters.

use serde_json::Value;

use super::fields::{self, leaves};
use super::items::{Found, Ids, ids, scalar};
use crate::ir::{Advance, Location, Operation, PagePlace, Scalar, Style, Types};

/// How a list is filtered, sorted and paginated.
#[derive(Clone, Debug)]
pub struct List {
    /// Query parameters that filter, each with the path of its field in an item.
    pub filters: Vec<(String, Vec<String>)>,
    /// Filters with several values, separated by commas.
    pub joined: Vec<String>,
    /// The values of a parameter `sort`, each with the path of its field, and whether the order is descending.
    pub sorts: Vec<(String, Vec<String>, bool)>,
    pub pages: Option<Paged>,
}

/// The pagination of a list.
#[derive(Clone, Debug)]
pub struct Paged {
    pub by: PagedBy,
    /// The query parameter.
    pub parameter: String,
    pub first: i64,
    /// The parameter for the number of items on a page, and the default.
    pub size: Option<(String, u64)>,
    /// The place in a page of the next position.
    pub next: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagedBy {
    Number,
    Offset,
    /// A text.
    Cursor,
    /// An integer from the previous page.
    NumberedCursor,
}

/// Returns how a list is filtered, sorted and paginated; `None` if the fake cannot return its pages.
pub(super) fn list(types: &Types, operation: &Operation, found: &Found<'_>) -> Option<List> {
    let pages = match &operation.pagination {
        Some(_) => Some(paged(types, operation)?),
        None => None,
    };
    let leaves = leaves(types, found.item);
    let (mut filters, mut joined, mut sorts) = (Vec::new(), Vec::new(), Vec::new());
    for parameter in operation.parameters.iter().filter(|parameter| parameter.location == Location::Query) {
        let cuts = pages.as_ref().is_some_and(|pages| {
            pages.parameter == parameter.name || pages.size.as_ref().is_some_and(|(size, _)| *size == parameter.name)
        });
        if cuts {
            continue;
        }
        if parameter.name == "sort" {
            let values = types.definition(&parameter.ty).and_then(|def| def.shape.enum_values()).unwrap_or_default();
            sorts.extend(values.iter().filter_map(|value| {
                let (name, down) =
                    value.value.strip_prefix('-').map_or((value.value.as_str(), false), |name| (name, true));
                let path = match fields::named(&leaves, name) {
                    Some(path) => path,
                    // An order by the id.
                    None if name == "uuid" && ids(types, found.id_type) == Ids::Uuid => vec![found.id.to_owned()],
                    None => return None,
                };
                Some((value.value.clone(), path, down))
            }));
            continue;
        }
        if !matches!(parameter.style, Style::Plain | Style::Repeated | Style::Joined) {
            continue;
        }
        if let Some(path) = fields::named(&leaves, fields::filtered(&parameter.name)) {
            joined.extend((parameter.style == Style::Joined).then(|| parameter.name.clone()));
            filters.push((parameter.name.clone(), path));
        }
    }
    Some(List { filters, joined, sorts, pages })
}

fn paged(types: &Types, operation: &Operation) -> Option<Paged> {
    let pagination = operation.pagination.as_ref()?;
    let parameter = |index: usize| operation.parameters.get(index);
    let names = |path| types.names(path).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let size = match &pagination.size {
        Some(PagePlace::Parameter(index)) => {
            let size = parameter(*index)?;
            let usual = size.docs.default.as_ref().and_then(Value::as_u64).filter(|usual| *usual > 0);
            Some((size.name.clone(), usual.unwrap_or(50)))
        }
        Some(PagePlace::Field(_)) => return None,
        None => None,
    };
    // The end of the list must be a value of the field for the next page.
    let last = |path| types.fields(path).next_back().filter(|field| !field.required || field.ty.is_nullable());
    let (by, index, first, next) = match &pagination.advance {
        Advance::Number { next: Some(next), .. } if last(next).is_none() => return None,
        Advance::Number { parameter, first, next } => {
            (PagedBy::Number, *parameter, *first, next.as_ref().map(names).unwrap_or_default())
        }
        Advance::Offset { parameter, first } => (PagedBy::Offset, *parameter, *first, Vec::new()),
        Advance::Cursor { place: PagePlace::Parameter(parameter), next } => {
            let field = types.fields(next).next_back()?;
            let by = match scalar(types, &field.ty)? {
                Scalar::String => PagedBy::Cursor,
                integer if integer.integers().is_some() => last(next).map(|_| PagedBy::NumberedCursor)?,
                _ => return None,
            };
            (by, *parameter, 0, names(next))
        }
        Advance::Cursor { place: PagePlace::Field(_), .. } => return None,
    };
    Some(Paged { by, parameter: parameter(index)?.name.clone(), first, size, next })
}
