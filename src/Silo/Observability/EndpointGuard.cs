using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Marketing.Observability;

/// <summary>Puts a decision in front of endpoints that somebody else wrote.</summary>
internal static class EndpointGuard
{
    /// <summary>
    /// The endpoint runs only for a request that is admitted; otherwise the guard has answered. Around the endpoint itself and not in the
    /// pipeline, so that no spelling of the path gets past it.
    /// </summary>
    public static TBuilder GuardedBy<TBuilder>(this TBuilder endpoints, Func<HttpContext, ValueTask<bool>> admit)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint =>
        {
            var guarded = endpoint.RequestDelegate ?? throw new InvalidOperationException($"{endpoint.DisplayName} cannot be guarded.");
            endpoint.RequestDelegate = async http =>
            {
                if (await admit(http))
                {
                    await guarded(http);
                }
            };
        });
        return endpoints;
    }
}
