using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Reminders;
using Orleans.TestingHost;

namespace Marketing.Api;

/// <summary>An API whose clock only the test moves. A class that moves it has the host for itself.</summary>
public sealed class TimedApiHost : ApiHost
{
    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2030, 3, 1, 12, 0, 0, TimeSpan.Zero));

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, Clock);
        builder.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
    }
}
