using Marketing.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketing.Api;

public sealed class RequestWindowsTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_000_020));

    [Fact]
    public void Requests_are_counted_by_name_within_a_window()
    {
        var windows = new RequestWindows(TimeSpan.FromMinutes(1), _clock);
        Assert.Equal((1, 1_000_080), windows.Count("a"));
        Assert.Equal((2, 1_000_080), windows.Count("a"));
        Assert.Equal((1, 1_000_080), windows.Count("b"));
    }

    [Fact]
    public void The_next_window_starts_from_nothing()
    {
        var windows = new RequestWindows(TimeSpan.FromMinutes(1), _clock);
        windows.Count("a");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((1, 1_000_140), windows.Count("a"));
    }
}
