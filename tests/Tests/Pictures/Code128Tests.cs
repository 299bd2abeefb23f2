using Xunit;

namespace Marketing.Pictures;

public sealed class Code128Tests
{
    // Check symbols by hand: the sum of each symbol times its place, start once, modulo 103.
    [Theory]
    [InlineData("A", "104 33 34 106")]
    [InlineData("PJJ123C", "104 48 42 42 17 18 19 35 55 106")]
    [InlineData("1234", "105 12 34 82 106")]
    [InlineData("AB123456", "104 33 34 99 12 34 56 26 106")]
    [InlineData("A12345", "104 33 17 99 23 45 64 106")]
    public void Symbols_are_those_of_the_standard(string text, string symbols) => Assert.Equal(symbols, string.Join(' ', Code128.SymbolsOf(text)!));

    [Theory]
    [InlineData("")]
    [InlineData("é")]
    [InlineData("A\tB")]
    public void What_it_has_no_symbol_for_has_no_barcode(string text) => Assert.Null(Code128.Of(text));

    [Fact]
    public void A_picture_is_as_wide_as_its_bars()
    {
        // 3 symbols of 11 modules and the stop of 13, with quiet zones of 10 on both sides, 3 pixels each.
        const int width = ((3 * 11) + 13 + 20) * 3;
        var barcode = Code128.Of("A")!;
        Assert.Contains($"viewBox=\"0 0 {width} 120\"", barcode.ToSvg(), StringComparison.Ordinal);
        var png = barcode.ToPng();
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(png.AsSpan(0, 8)));
        Assert.Equal((width, 120), (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }
}
