//! The log: one line a request, as text or JSON, without personal data.

use crate::config::Log;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Begins to log to `writer`.
///
/// # Errors
/// When the filter cannot be read; the message names the part.
pub fn start<W>(log: &Log, writer: W) -> Result<(), String>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let subscriber = subscriber(log, writer)?;
    // A second start within one process (a test) keeps the first.
    let _ = tracing::subscriber::set_global_default(subscriber);
    std::panic::set_hook(Box::new(|panic| {
        // Where, and not what: the text of a panic may quote a customer.
        let place = panic
            .location()
            .map_or_else(|| "somewhere".to_owned(), ToString::to_string);
        tracing::error!(place, "a panic");
    }));
    Ok(())
}

/// What [`start`] installs, for a test that reads what is logged.
///
/// # Errors
/// As [`start`].
pub fn subscriber<W>(
    log: &Log,
    writer: W,
) -> Result<Box<dyn tracing::Subscriber + Send + Sync>, String>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(&log.filter).map_err(|error| {
        format!("log.filter: expected levels such as info,reference_api=debug: {error}")
    })?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        .with_ansi(false);
    Ok(if log.json {
        Box::new(
            builder
                .json()
                .flatten_event(true)
                .with_current_span(false)
                .finish(),
        )
    } else {
        Box::new(builder.with_target(false).finish())
    })
}
