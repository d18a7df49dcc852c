use jiff::civil;

use crate::runtime::model::{Date, Timestamp};

#[test]
fn timestamps_are_converted_both_ways() {
    for text in ["1969-12-31T23:59:59.25Z", "2024-01-15T10:30:00.000000001Z", "0000-01-01T00:00:00Z"] {
        let theirs: jiff::Timestamp = text.parse().unwrap();
        let ours = Timestamp::try_from(theirs).unwrap();
        assert_eq!(ours.to_string(), text);
        assert_eq!(jiff::Timestamp::try_from(ours).unwrap(), theirs);
    }
    assert!(Timestamp::try_from(jiff::Timestamp::MIN).is_err());
    assert!(jiff::Timestamp::try_from(Timestamp::MAX).is_err());
    let leap: Timestamp = "2016-12-31T23:59:60.1234567891Z".parse().unwrap();
    assert_eq!(jiff::Timestamp::try_from(leap).unwrap().to_string(), "2016-12-31T23:59:59.123456789Z");
}

#[test]
fn dates_are_converted_both_ways() {
    for text in ["0000-01-01", "1900-02-28", "2024-02-29", "9999-12-31"] {
        let theirs: civil::Date = text.parse().unwrap();
        let ours = Date::try_from(theirs).unwrap();
        assert_eq!(ours.to_string(), text);
        assert_eq!(civil::Date::from(ours), theirs);
    }
    assert_eq!(
        Date::try_from(civil::Date::MIN).unwrap_err().to_string(),
        "`-009999-01-01` is not a valid Date: its year is not one of 0000 to 9999"
    );
}
