//! The certificates that the client trusts.

use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
use std::sync::Arc;

/// Trusts the certificates of the system, and these in addition.
#[inline]
pub(super) fn system_trust(roots: Vec<CertificateDer<'static>>) -> Result<ClientConfig, rustls::Error> {
    let builder = builder()?;
    let verifier = verifier(roots, Arc::clone(builder.crypto_provider()))?;
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}

/// Trusts only these certificates.
#[inline]
pub(super) fn trust(roots: Vec<CertificateDer<'static>>) -> Result<ClientConfig, rustls::Error> {
    let mut store = RootCertStore::empty();
    for root in roots {
        store.add(root)?;
    }
    Ok(builder()?.with_root_certificates(store).with_no_client_auth())
}

#[inline]
#[cfg(not(target_os = "android"))]
fn verifier(
    roots: Vec<CertificateDer<'static>>,
    provider: Arc<rustls::crypto::CryptoProvider>,
) -> Result<rustls_platform_verifier::Verifier, rustls::Error> {
    rustls_platform_verifier::Verifier::new_with_extra_roots(roots, provider)
}

#[inline]
#[cfg(target_os = "android")]
fn verifier(
    roots: Vec<CertificateDer<'static>>,
    provider: Arc<rustls::crypto::CryptoProvider>,
) -> Result<rustls_platform_verifier::Verifier, rustls::Error> {
    if !roots.is_empty() {
        return Err(rustls::Error::General("Android accepts no certificates in addition to its own".to_owned()));
    }
    rustls_platform_verifier::Verifier::new(provider)
}

/// The provider is passed here and never installed for the whole process: that is the program's choice.
#[inline]
fn builder() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()
}
