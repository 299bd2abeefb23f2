using Marketing.Channels.Email;
using Xunit;

namespace Marketing.Tracking;

public sealed class VisitRulesTests
{
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36";
    private static readonly DateTimeOffset Sent = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Browser, null, false, 60, false)]
    [InlineData("Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)", null, false, 60, false)]
    [InlineData("YahooMailProxy; https://help.yahoo.com/", null, false, 60, false)]
    [InlineData(Browser, null, false, 1, true)]
    [InlineData(Browser, null, true, 60, true)]
    [InlineData(Browser, "prefetch;prerender", false, 60, true)]
    [InlineData("Mozilla/5.0", null, false, 60, true)]
    [InlineData(null, null, false, 60, true)]
    [InlineData("Mozilla/5.0 (compatible; bingbot/2.0)", null, false, 60, true)]
    [InlineData("Barracuda Sentinel (EE)", null, false, 60, true)]
    [InlineData("curl/8.5.0", null, false, 60, true)]
    public void Programs_are_told_from_people(string? agent, string? purpose, bool isHead, int seconds, bool isMachine) =>
        Assert.Equal(isMachine, VisitRules.IsMachine(new MailVisit(agent, purpose, isHead), Sent, Sent.AddSeconds(seconds)));

    [Theory]
    [InlineData("""<a href="https://a.example/?x=1&amp;y=2">x</a>""", """<a href="by:https://a.example/?x=1&amp;y=2">x</a>""")]
    [InlineData("""<A class='b' HREF='http://a.example/'>x</A>""", """<A class='b' HREF='by:http://a.example/'>x</A>""")]
    [InlineData("""<a href="https://shop.example/u/1">x</a>""", """<a href="https://shop.example/u/1">x</a>""")]
    [InlineData("""<a href="mailto:a@b.example">x</a><a href="#top">y</a><link href="https://a.example/">""", """<a href="mailto:a@b.example">x</a><a href="#top">y</a><link href="https://a.example/">""")]
    [InlineData("""<a title="href=&quot;" href="https://a.example/">x</a>""", """<a title="href=&quot;" href="by:https://a.example/">x</a>""")]
    public void Links_lead_by_way_of_the_engine(string html, string tracked) =>
        Assert.Equal(tracked, TrackedHtml.Of(html, url => $"by:{url}", "https://shop.example/u/1", null));

    [Theory]
    [InlineData("<body>x</body></html>", "<body>x<img", "></body></html>")]
    [InlineData("x", "x<img", ">")]
    public void The_picture_is_at_the_end(string html, string start, string end)
    {
        var tracked = TrackedHtml.Of(html, null, null, "https://shop.example/t/o/1.gif");
        Assert.StartsWith(start, tracked, StringComparison.Ordinal);
        Assert.EndsWith(end, tracked, StringComparison.Ordinal);
        Assert.Contains("src=\"https://shop.example/t/o/1.gif\"", tracked, StringComparison.Ordinal);
    }
}
