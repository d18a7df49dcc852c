//! The page of 1,000 memberships, the same in every run.

use std::fmt::Write;

/// Returns the JSON text, as compact as that of a server.
pub fn memberships(count: u64) -> String {
    let mut random = Random(1);
    let group = random.uuid();
    let mut text = String::from(r#"{"data":["#);
    for index in 0..count {
        let comma = if index > 0 { "," } else { "" };
        let (created, modified) = (random.time(), random.time());
        let (org, id) = (random.uuid(), random.uuid());
        write!(
            text,
            concat!(
                r#"{comma}{{"id":"{id}","type":"org_group_memberships","attributes":{{"created_at":"{created}","#,
                r#""modified_at":"{modified}","org_name":"Organization number {index}","org_site":"us1","#,
                r#""org_uuid":"{org}"}},"relationships":{{"org_group":{{"data":{{"id":"{group}","type":"org_groups"}}}}}}}}"#,
            ),
            comma = comma,
            id = id,
            created = created,
            modified = modified,
            index = index,
            org = org,
            group = group,
        )
        .unwrap();
    }
    let link = "https://api.datadoghq.com/api/v2/org_group_memberships?page[size]=1000&page[number]=";
    write!(
        text,
        concat!(
            r#"],"links":{{"first":"{link}0","last":"{link}4","next":"{link}2","prev":null,"self":"{link}1"}},"#,
            r#""meta":{{"page":{{"first_number":0,"last_number":null,"next_number":2,"number":1,"prev_number":0,"#,
            r#""size":1000,"total":5000,"type":"number_size"}}}}}}"#,
        ),
        link = link,
    )
    .unwrap();
    text
}

/// A bulk update: the body that moves organizations from one group to another.
pub fn bulk_update(count: u64) -> String {
    let mut random = Random(2);
    let group = |id| format!(r#"{{"data":{{"id":"{id}","type":"org_groups"}}}}"#);
    let (source, target) = (group(random.uuid()), group(random.uuid()));
    let orgs: Vec<String> =
        (0..count).map(|_| format!(r#"{{"org_site":"us1","org_uuid":"{}"}}"#, random.uuid())).collect();
    format!(
        concat!(
            r#"{{"data":{{"attributes":{{"orgs":[{}]}},"relationships":{{"source_org_group":{},"#,
            r#""target_org_group":{}}},"type":"org_group_membership_bulk_updates"}}}}"#,
        ),
        orgs.join(","),
        source,
        target,
    )
}

/// Returns the page with an unknown field in every membership.
pub fn with_unknown(page: &str) -> String {
    page.replace(r#""org_site":"us1""#, r#""org_site":"us1","org_tier":"gold""#)
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        self.0 >> 32
    }

    fn uuid(&mut self) -> String {
        let (a, b, c, d) = (self.next(), self.next(), self.next(), self.next());
        format!("{a:08x}-{:04x}-4{:03x}-8{:03x}-{:04x}{d:08x}", b >> 16, b & 0xfff, c >> 20, c & 0xffff)
    }

    fn time(&mut self) -> String {
        let (a, b) = (self.next(), self.next());
        let (month, day, hour, minute) = (a % 12 + 1, a / 12 % 28 + 1, b % 24, b / 24 % 60);
        match b % 2 {
            0 => format!("2024-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}Z", a % 60),
            _ => format!("2024-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}.{:06}Z", a % 60, a % 99_999 * 10 + 1),
        }
    }
}
