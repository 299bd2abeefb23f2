namespace Marketing.Api;

/// <summary>An API that lets three requests through.</summary>
public sealed class LimitedApiHost : ApiHost
{
    public const int Limit = 3;

    protected override IEnumerable<string> Arguments =>
        [$"--Distributions:RateLimits:PerMinute={Limit}", $"--Distributions:RateLimits:ClientPerFiveSeconds={Limit}"];
}
