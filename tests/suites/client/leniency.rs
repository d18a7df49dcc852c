//! The values that the models read and reject, compared with the description alone.
//!
//! Every example is mutated everywhere, and values of every schema are generated. Figures: `cargo test -p tests --test
//! client leniency:: -- --nocapture`.

use std::collections::BTreeSet;

use tests::models::{MODELS, Models};
use tests::mutations::{Expected, Mutations};
use tests::schemas::Spec;
use tests::values::Random;

/// The number of random values of each schema.
const VALUES: u64 = 300;

#[test]
fn every_schema_has_a_model_here() {
    let spec = Spec::read();
    let schemas: BTreeSet<_> = spec.schemas().map(|(name, _)| name).collect();
    let models: BTreeSet<_> = MODELS.iter().map(|(name, _)| *name).collect();
    assert_eq!(models, schemas);
}

#[test]
fn mutated_examples_are_read_or_rejected() {
    let (spec, models) = (Spec::read(), Models::default());
    let examples = spec.examples();
    assert!(examples.len() >= 31, "{} examples", examples.len());
    let (mut written, mut refused, mut wrong) = (0, 0, Vec::new());
    for (place, schema, example) in &examples {
        let (_, node) = spec.schemas().find(|(name, _)| name == schema).expect("a schema");
        for case in Mutations::of(&spec, node, example) {
            let outcome = models.through(schema, &case.body);
            let about = || format!("{place}: {}: {}", case.change, case.body);
            match (&case.expected, outcome) {
                (Expected::Written(expected), Ok(value)) if value == *expected => written += 1,
                (Expected::Refused(path, word), Err(error))
                    if error.json_path().unwrap_or_default() == path && error.to_string().contains(word) =>
                {
                    assert!(error.to_string().contains(path), "{error}");
                    refused += 1;
                }
                (Expected::Written(expected), outcome) => {
                    wrong.push(format!("{}\n  should be written as {expected}\n  but is {outcome:?}", about()));
                }
                (Expected::Refused(path, word), outcome) => {
                    let found = outcome.as_ref().err().and_then(|error| error.json_path());
                    wrong.push(format!(
                        "{}\n  should be refused at {path} ({word})\n  but is, at {found:?}, {outcome:?}",
                        about()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), written + refused + wrong.len(), wrong.join("\n"));
    eprintln!(
        "{} examples: {written} changes read and written back, {refused} refused with their path",
        examples.len()
    );
    assert!(written > 1_000 && refused > 1_000);
}

#[test]
fn any_value_of_any_schema_survives() {
    let (spec, models) = (Spec::read(), Models::default());
    let mut count = 0;
    for (index, (name, schema)) in spec.schemas().enumerate() {
        for seed in 0..VALUES {
            let value = Random::lenient((index as u64) << 32 | seed).value(&spec, schema);
            match models.through(name, &value) {
                Ok(written) => assert_eq!(written, value, "{name}, seed {seed}"),
                Err(error) => panic!("{name}, seed {seed}: {value}: {error}"),
            }
            count += 1;
        }
    }
    eprintln!("{count} values of {} schemas survive", MODELS.len());
}
