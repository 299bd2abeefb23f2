using Marketing.Exports.Working;
using Xunit;

namespace Marketing.Exports;

public sealed class ExportCsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("one\ntwo", "\"one\ntwo\"")]
    [InlineData("Łódź 😀", "Łódź 😀")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+48 1", "'+48 1")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"")]
    [InlineData("-100", "-100")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("a=b", "a=b")]
    [InlineData("'x", "'x")]
    public void A_cell_is_a_text_to_every_reader(string? text, string cell) => Assert.Equal($"{cell},x\r\n", ExportCsv.Line([text, "x"]));

    [Fact]
    public void Sorted_lines_are_read_as_they_were_written()
    {
        SortedLine[] lines = [new(null, 0, "a\r\n"), new("", 1, ""), new("Łódź 😀", long.MaxValue, new string('x', 100_000))];
        Assert.Equal(lines, SortedLine.Read([.. lines.SelectMany(line => line.Write())]));
    }
}
