using Xunit;

namespace Marketing.Channels.Email;

/// <summary>What we compile and compose, held against programs that were not written here.</summary>
public sealed class OtherProgramsTests
{
    [Theory]
    [InlineData(MailDocuments.Everything, true)]
    [InlineData(MailDocuments.Everything, false)]
    [InlineData(MailDocuments.Columns, false)]
    public async Task A_document_shows_what_mjml_shows_of_it(string json, bool branded)
    {
        var (document, brand) = (MailDocuments.Read(json), branded ? MailDocuments.Brand with { Name = "Boots & Hats" } : null);
        var other = await MailTools.RunAsync("mjml", Mjml.Of(document, brand));
        Assert.Empty(other.GetProperty("errors").EnumerateArray());
        var (ours, theirs) = (ShownMail.Of(MailCompiler.Compile(document, brand).Html), ShownMail.Of(other.GetProperty("html").GetString()!));
        Assert.Equal(theirs.Words, ours.Words);
        Assert.Equal(theirs.Links, ours.Links);
        Assert.Equal(theirs.Pictures, ours.Pictures);
        Assert.Equal(theirs.Width, ours.Width);

        // Ours are whole pixels that add up; theirs have fractions, which they cut off.
        Assert.Equal(document.Blocks.OfType<ColumnsBlock>().Sum(block => block.Columns.Count), ours.Columns.Count);
        Assert.All(theirs.Columns.Where(width => width < theirs.Width - 100).Zip(ours.Columns), pair => Assert.InRange(pair.Second - pair.First, -1, 1));
        Assert.Equal(theirs.PictureWidths.Count, ours.PictureWidths.Count);
        Assert.All(theirs.PictureWidths.Zip(ours.PictureWidths), pair => Assert.InRange(pair.Second - pair.First, -1, 1));
    }

    [Fact]
    public async Task A_mail_with_codes_is_read_by_a_parser_of_others_as_it_was_meant()
    {
        await using var email = EmailHarness.Start();
        var channel = EmailHarness.Channel(new ChannelTemplate { Subject = "Für {{ customer.name }}", Blocks = MailDocuments.Read(MailDocuments.Codes) });
        var (_, raw) = await email.ArrivesAsync(EmailHarness.Message(channel: channel, name: "Ada & Böb", unsubscribe: "https://shop.example/u/1"));
        var mail = await MailTools.RunAsync("mime", raw);

        Assert.Equal("Für Ada & Böb", mail.GetProperty("subject").GetString());
        Assert.Equal("https://shop.example/u/1", mail.GetProperty("unsubscribe").GetString());
        Assert.Contains("Your code, Ada &amp; Böb", mail.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Equal("Your code, Ada & Böb\n\ncust_1\n\ncust_1\n\n----------------------------------------\nUnsubscribe (https://shop.example/u/1)\n", mail.GetProperty("text").GetString());
        var pictures = mail.GetProperty("attachments").EnumerateArray().ToArray();
        Assert.Equal(["code-1@mail", "code-2@mail"], pictures.Select(picture => picture.GetProperty("cid").GetString()));
        Assert.All(pictures, picture =>
        {
            Assert.Equal(("image/png", true), (picture.GetProperty("contentType").GetString(), picture.GetProperty("related").GetBoolean()));
            Assert.Contains($"src=\"cid:{picture.GetProperty("cid").GetString()}\" alt=\"cust_1\"", mail.GetProperty("html").GetString(), StringComparison.Ordinal);
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Convert.FromBase64String(picture.GetProperty("base64").GetString()!)[..4]);
        });
    }
}
