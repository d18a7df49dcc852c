//! Builds a client of the settings, or reports every problem that they have.

use super::{Settings, Target};
use crate::api::SCHEMES;
use crate::runtime::client::auth::{self, Auth};
use crate::runtime::client::base_url::BaseUrl;
use crate::runtime::client::config::Config;
use crate::runtime::client::server::{self, Chosen, Targets};
use crate::runtime::client::text::append;
use crate::runtime::client::{Client, Error, Transport};
use std::sync::Arc;

impl Settings {
    #[inline]
    pub(super) fn build(mut self) -> Result<Client, Error> {
        let mut problems = std::mem::take(&mut self.problems);
        let targets = self.check_target().map_err(|problem| problems.push(problem)).ok();
        let headers = self.check_headers(&mut problems);
        let auth = self.check_credentials(&mut problems);
        #[cfg(feature = "reqwest")]
        if self.transport.is_some() && self.reqwest.is_some() {
            problems.push("both another transport and settings of the default one are set".to_owned());
        }
        let limits = [
            ("timeout", self.limits.timeout),
            ("idle_timeout", self.limits.idle_timeout),
            ("connect_timeout", self.connect_timeout),
        ];
        for (name, limit) in limits {
            if limit.is_zero() {
                problems.push(format!("{name} is zero"));
            }
        }
        match targets {
            Some(targets) if problems.is_empty() => {
                let transport = match self.transport.take() {
                    Some(transport) => transport,
                    None => self.default_transport(&targets)?,
                };
                let Settings { limits, retry, .. } = self;
                Ok(Client::new(Config { targets, headers, auth, limits, retry }, transport))
            }
            _ => {
                let mut all = String::new();
                for problem in &problems {
                    append(&mut all, "; ", problem);
                }
                Err(Error::configuration(format!("the client cannot be set up: {all}"), None))
            }
        }
    }

    #[inline]
    #[cfg(feature = "reqwest")]
    fn default_transport(&mut self, targets: &Targets) -> Result<Arc<dyn Transport>, Error> {
        let builder = self.reqwest.take().unwrap_or_default();
        Ok(Arc::new(builder.build_to(&targets.all(), self.connect_timeout)?))
    }

    #[inline]
    #[cfg(not(feature = "reqwest"))]
    fn default_transport(&mut self, _targets: &Targets) -> Result<Arc<dyn Transport>, Error> {
        let reason = "the client cannot be set up: no transport is set, and the feature `reqwest` is off";
        Err(Error::configuration(reason, None))
    }

    #[inline]
    fn check_target(&self) -> Result<Targets, String> {
        let mut chosen = Chosen { site: None, variables: self.variables.clone() };
        let url = match &self.target {
            Target::Default => server::default_url(&chosen)?,
            Target::Server(server) => server::resolve(std::slice::from_ref(server), &chosen)?,
            Target::Site(site) => {
                chosen.site = Some(site.domain());
                site.base_url().to_owned()
            }
            Target::BaseUrl(url) => return Ok(Targets::all_at(BaseUrl::parse(url, self.allow_insecure_http)?)),
            Target::Unknown(problem) => return Err(problem.clone()),
        };
        let usual = BaseUrl::parse(&url, self.allow_insecure_http)?;
        Ok(Targets::new(usual, &chosen, self.allow_insecure_http))
    }

    /// Reports a credential that cannot be sent, and a missing one without which no call can be made.
    #[inline]
    fn check_credentials(&mut self, problems: &mut Vec<String>) -> Auth {
        let required = auth::always_required();
        for (index, scheme) in SCHEMES.iter().enumerate() {
            if self.has(index) || !required.contains(&scheme.name) {
                continue;
            }
            problems.push(match scheme.env {
                Some(variable) if self.from_env => format!("{variable} is not set"),
                _ => format!("{} is missing", scheme.name),
            });
        }
        Auth::new(SCHEMES, std::mem::take(&mut self.credentials), problems)
    }
}
