using Marketing.Storage;

namespace Marketing.Http;

/// <summary>
/// Tells an outage, which the caller should wait out, from a bug. A <see cref="TimeoutException"/> alone is none: calls that nobody answered come as an exception of
/// Orleans, which a filter of the calls makes of it.
/// </summary>
internal static class Outages
{
    public static bool IsOutage(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is OrleansException or StorageUnavailableException)
            {
                return true;
            }

            if (current is AggregateException { InnerExceptions.Count: > 1 } many)
            {
                return many.InnerExceptions.Any(IsOutage);
            }
        }

        return false;
    }
}
