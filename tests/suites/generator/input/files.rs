//! Descriptions in several files: the targets of their references, and the places of problems.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Output};

use generator::bundle::{MAX_FILES, gather};
use generator::diagnostics::{Source, Sources};
use generator::package::Wanted;
use generator::slice::Slice;
use generator::{Described, Refused, describe, describe_as};
use tests::fixtures::{folder_of_several_files, several_files};

/// A description whose schema `A` is at `reference`, with other files beside it.
fn sources(reference: &str, files: &[(&str, &str)]) -> Sources {
    let description = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: 1.0.0, x-crate-name: t}}\n\
         servers: [{{url: https://api.example.com}}]\npaths: {{}}\n\
         components:\n  schemas:\n    A: {{$ref: '{reference}'}}\n"
    );
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    let mut sources = Sources::from(Source::new("api.yaml", description));
    gather(&mut sources, &mut |way| match files.get(way) {
        Some(text) => Ok(Source::new(way, *text)),
        None => Err(format!("`{way}` is not there")),
    });
    sources
}

fn surface(described: &Described) -> String {
    described.generate().expect("a crate").files.get("api.txt").expect("there is one").to_owned()
}

fn accepted(sources: Sources) -> Described {
    describe(sources).unwrap_or_else(|refused| panic!("{}", refused.render(false)))
}

fn refused(reference: &str, files: &[(&str, &str)]) -> String {
    let refused: Box<Refused> =
        describe(sources(reference, files)).err().unwrap_or_else(|| panic!("accepted: {reference}"));
    refused.render(false)
}

#[test]
fn several_files_become_one_crate() {
    let described = accepted(several_files());
    insta::assert_snapshot!(surface(&described));
    insta::assert_snapshot!(described.description());
}

/// The copy in the crate is all that the next run reads.
#[test]
fn the_copy_gives_the_same_crate() {
    let described = accepted(several_files());
    let again = accepted(described.description().into());
    let (one, other) = (described.generate().expect("a crate").files, again.generate().expect("a crate").files);
    let differences: Vec<&str> =
        one.iter().filter(|(path, text)| other.get(path) != Some(text)).map(|(path, _)| path).collect();
    assert_eq!(differences, [""; 0]);
}

#[test]
fn slices_and_overlays_apply_to_several_files() {
    let slice = Slice { operations: vec!["GetPet".to_owned()], ..Slice::default() };
    let overlay = "overlay: 1.0.0\ninfo: {title: Mine, version: 1.0.0}\nactions:\n  \
                   - {target: \"$.components.schemas.Kind.enum\", update: fox}\n  \
                   - {target: \"$.paths['/pets'].post\", remove: true}\n";
    let mut sources = several_files();
    sources.add(Source::new("overlay.yaml", overlay));
    let described = describe_as(sources, &Wanted { slice, ..Wanted::default() });
    let described = described.unwrap_or_else(|refused| panic!("{}", refused.render(false)));
    let ids: Vec<&str> = described.api.operations.iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(ids, ["GetPet"]);
    assert!(surface(&described).contains("type Kind::Fox = \"fox\""));
}

#[test]
fn a_problem_is_shown_in_its_file() {
    let pet = "type: object\nproperties:\n  name: {type: strin}\n  tag: {$ref: 'tag.yaml#/Tog'}\n";
    insta::assert_snapshot!(refused(
        "schemas/pet.yaml",
        &[("schemas/pet.yaml", pet), ("schemas/tag.yaml", "Tag: {type: string}\n")]
    ));
    let pet = "type: object\nproperties: {name: {type: strin}}\n";
    insta::assert_snapshot!(refused("schemas/pet.yaml", &[("schemas/pet.yaml", pet)]));
    insta::assert_snapshot!(refused("pet.yaml", &[("pet.yaml", "type: [object\n")]));
}

#[test]
fn unread_files_are_rejected_with_a_reason() {
    let reasons = [
        "missing.yaml",
        "../outside.yaml",
        "schemas/../../outside.yaml",
        "/etc/passwd",
        "https://api.example.com/pet.yaml#/Pet",
        "file:///etc/passwd",
        "schemas/",
        "C:\\pet.yaml",
        "pet.yaml#Pet",
        "pet.yaml#/list",
        "pet.yaml#/Pat",
        "circle.yaml#/A",
    ];
    let files =
        [("pet.yaml", "Pet: {type: object}\nlist: []\n"), ("circle.yaml", "A: {$ref: '#/B'}\nB: {$ref: '#/A'}\n")];
    let reason = |reference: &&str| {
        let text =
            describe(sources(reference, &files)).err().unwrap_or_else(|| panic!("accepted: {reference}")).render(false);
        let said = text.lines().filter(|line| line.starts_with("error") || line.contains("= help:"));
        said.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(reasons.iter().map(reason).collect::<Vec<_>>().join("\n"));
    insta::assert_snapshot!(refused("missing.yaml", &[]));
}

#[test]
fn a_discriminator_may_name_files_and_schemas() {
    let pet = "oneOf: [{$ref: 'cat.yaml'}, {$ref: 'dog.yaml'}]\n\
               discriminator: {propertyName: kind, mapping: {c: cat.yaml, d: './dog.yaml#', x: a.b.C, y: '#/more/Fox'}}\n\
               more: {Fox: {type: object, required: [kind], properties: {kind: {type: string}}}}\n";
    let member = |field: &str| {
        format!("type: object\nrequired: [kind]\nproperties: {{kind: {{type: string}}, {field}: {{type: string}}}}\n")
    };
    let (cat, dog) = (member("purr"), member("bark"));
    let files = [("pets/pet.yaml", pet), ("pets/cat.yaml", cat.as_str()), ("pets/dog.yaml", dog.as_str())];
    let described = accepted(sources("pets/pet.yaml", &files));
    let said = described.render(&described.generate().expect("a crate").warnings, false);
    assert!(said.contains("`a.b.C` is neither the name of a schema"), "{said}");
    let pet = pet.replace("x: a.b.C, ", "");
    let described = accepted(sources("pets/pet.yaml", &[("pets/pet.yaml", pet.as_str()), files[1], files[2]]));
    insta::assert_snapshot!(surface(&described));
}

/// An example may have the form of a reference without being one.
#[test]
fn only_used_files_have_to_exist() {
    let pet =
        "type: object\nexample: {$ref: nowhere.yaml}\nproperties: {a: {type: string, default: {$ref: 'https://x'}}}\n";
    let described = accepted(sources("pet.yaml", &[("pet.yaml", pet)]));
    assert!(described.description().contains("$ref: nowhere.yaml"));
    let slice = Slice { operations: vec!["GetPet".to_owned()], ..Slice::default() };
    let mut sources = several_files();
    let other = "paths:\n  /other: {get: {operationId: GetOther, responses: {'200': {$ref: 'nowhere.yaml'}}}}\n";
    sources.description.text = sources.description.text.replacen("paths:\n", other, 1);
    gather(&mut sources, &mut |way| Err(format!("`{way}` is not there")));
    assert!(describe(sources.clone()).is_err());
    assert!(describe_as(sources, &Wanted { slice, ..Wanted::default() }).is_ok());
}

#[test]
fn cycles_of_files_end_and_too_many_files_are_rejected() {
    let node = "type: object\nproperties: {next: {$ref: 'b.yaml'}}\n";
    let other = "type: object\nproperties: {next: {$ref: 'a.yaml'}, own: {$ref: 'b.yaml'}}\n";
    let described = accepted(sources("a.yaml", &[("a.yaml", node), ("b.yaml", other)]));
    assert!(surface(&described).contains("type B.next: Option<Box<A>>"));
    // Each file refers to the next.
    let mut requested: usize = 0;
    let mut sources = Sources::from(Source::new("api.yaml", "components: {schemas: {A: {$ref: 'f0.yaml'}}}\n"));
    gather(&mut sources, &mut |way| {
        requested += 1;
        let text = format!("type: object\nproperties: {{a: {{$ref: 'f{requested}.yaml'}}}}\n");
        Ok(Source::new(way, text))
    });
    assert_eq!(requested, MAX_FILES);
}

fn run(arguments: &[&str], spec: &std::path::Path) -> Output {
    let out = tempfile::tempdir().expect("there is room");
    let mut program = Command::new(env!("CARGO_BIN_EXE_generator-under-test"));
    let out = out.path().join("crate");
    program.arg("--spec").arg(spec).arg("--out").arg(out).args(arguments).output().expect("it runs")
}

/// On the disk: links, folders and files that are not text.
#[test]
fn the_program_only_reads_files_of_the_folder() {
    let output = run(&[], &folder_of_several_files().join("api.yaml"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let outside = tempfile::tempdir().expect("there is room");
    let inside = outside.path().join("inside");
    fs::create_dir_all(inside.join("folder.yaml")).expect("there is room");
    fs::write(outside.path().join("secret.yaml"), "type: string\n").expect("there is room");
    fs::write(inside.join("latin1.yaml"), b"type: string\ndescription: caf\xE9\n").expect("there is room");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../secret.yaml", inside.join("link.yaml")).expect("there are links");
    for (reference, reason) in [
        ("folder.yaml", "`folder.yaml` is not a file"),
        ("latin1.yaml", "`latin1.yaml` is not UTF-8"),
        #[cfg(unix)]
        ("link.yaml", "`link.yaml` is a link that leads out of the folder of the description"),
        ("../secret.yaml", "it leads out of the folder of the description"),
        ("none.yaml", "`none.yaml` cannot be read: "),
    ] {
        let description = sources(reference, &[]).description;
        fs::write(inside.join("api.yaml"), &description.text).expect("there is room");
        let output = run(&[], &inside.join("api.yaml"));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(reason), "{said}");
    }
}
