using Xunit;

namespace Marketing.Exports;

public sealed class ExportTokenTests
{
    private static readonly DateTimeOffset Noon = new(2030, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Secret = [1, 2, 3];

    [Fact]
    public void It_opens_one_export_until_it_expires()
    {
        var token = ExportToken.Write(Secret, 7, "exp_1", Noon);
        Assert.Equal(7, ExportToken.ProjectOf(token));
        Assert.True(ExportToken.Opens(token, Secret, 7, "exp_1", Noon.AddMilliseconds(-1)));
        Assert.False(ExportToken.Opens(token, Secret, 7, "exp_1", Noon));
        Assert.False(ExportToken.Opens(token, Secret, 8, "exp_1", Noon.AddDays(-1)));
        Assert.False(ExportToken.Opens(token, Secret, 7, "exp_2", Noon.AddDays(-1)));
        Assert.False(ExportToken.Opens(token, [1, 2, 4], 7, "exp_1", Noon.AddDays(-1)));
    }

    [Fact]
    public void No_letter_of_it_can_be_another()
    {
        var token = ExportToken.Write(Secret, 7, "exp_1", Noon);

        // The last one holds bits that say nothing.
        for (var at = 0; at < token.Length - 1; at++)
        {
            var altered = $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}";
            Assert.False(ExportToken.Opens(altered, Secret, 7, "exp_1", Noon.AddDays(-1)), altered);
        }

        Assert.All(["", "x", "%", token + "A", token[..^1], "Ł" + token[1..]], text => Assert.Null(ExportToken.ProjectOf(text)));
    }
}
