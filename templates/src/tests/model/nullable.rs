use crate::runtime::model::Nullable;

#[test]
fn absent_null_and_value_are_distinct() {
    let all = [Nullable::Absent, Nullable::Null, Nullable::Value(1)];
    assert_eq!(all.map(|it| it.is_absent()), [true, false, false]);
    assert_eq!(all.map(|it| it.is_null()), [false, true, false]);
    assert_eq!(all.map(Nullable::into_value), [None, None, Some(1)]);
    assert_eq!(all.each_ref().map(Nullable::value), [None, None, Some(&1)]);
    assert_eq!(all[2].as_ref(), Nullable::Value(&1));
}

#[test]
fn it_converts_from_a_value_or_an_option() {
    assert_eq!(Nullable::from(1), Nullable::Value(1));
    assert_eq!(Nullable::from(Some(1)), Nullable::Value(1));
    assert_eq!(Nullable::<i32>::from(None), Nullable::Null);
    assert_eq!(Nullable::<i32>::default(), Nullable::Absent);
}
