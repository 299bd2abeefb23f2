using System.Text.Json;
using Marketing.Branding;

namespace Marketing.Channels.Email;

/// <summary>Emails of blocks.</summary>
internal static class MailDocuments
{
    /// <summary>All kinds of blocks.</summary>
    public const string Everything = """
        {"version":1,"preheader":"Only today & only for {{ customer.name }}","language":"en",
         "settings":{"width":600,"background":"#eeeeee","surface":"#ffffff","text_color":"#222222","link_color":"#0044cc","font":"serif"},
         "header":{"width":120},
         "blocks":[
          {"type":"heading","id":"h","level":1,"align":"center","content":[{"type":"text","text":"Spring is here, "},{"type":"variable","name":"customer.name","fallback":"friend"}]},
          {"type":"text","content":[
            {"type":"paragraph","content":[{"type":"text","text":"Twenty "},{"type":"text","text":"percent","marks":{"bold":true,"italic":true}},{"type":"text","text":" off < all > & \"more\", "},
             {"type":"text","text":"read on","marks":{"link":"https://shop.example/spring?a=1&b={{ customer.id }}","color":"#aa0000"}},{"type":"break"},{"type":"text","text":"or not.","marks":{"strike":true,"size":12}}]},
            {"type":"list","ordered":true,"items":[{"content":[{"type":"text","text":"Boots"}]},{"content":[{"type":"text","text":"Hats","marks":{"underline":true}}]}]},
            {"type":"heading","level":2,"content":[{"type":"text","text":"Where"}]}]},
          {"type":"image","src":"https://shop.example/wide.png","alt":"A meadow","width":900,"href":"https://shop.example/meadow"},
          {"type":"button","text":"Shop now","href":"https://shop.example/go","fill":"#008800","color":"#fefefe","radius":8},
          {"type":"divider","color":"#cccccc","thickness":2},
          {"type":"columns","columns":[
            {"share":30,"blocks":[{"type":"image","src":"https://shop.example/a.png","alt":"A","width":100},{"type":"text","content":[{"type":"paragraph","content":[{"type":"text","text":"Left"}]}]}]},
            {"share":70,"blocks":[{"type":"text","content":[{"type":"paragraph","content":[{"type":"text","text":"Right"}]}]},{"type":"button","text":"More","href":"https://shop.example/more","full_width":true}]}]},
          {"type":"social","links":[{"network":"facebook","url":"https://facebook.com/shop"},{"network":"x","url":"https://x.com/shop"}]},
          {"type":"qr","value":"{{ voucher.code }}","src":"{{ voucher.assets.qr.url }}","size":150}],
         "footer":{"unsubscribe_text":"No more of this"}}
        """;

    /// <summary>Three columns that share what cannot be shared evenly, and nothing else.</summary>
    public const string Columns = """
        {"settings":{"width":640},"blocks":[{"type":"columns","columns":[
          {"blocks":[{"type":"button","text":"One","href":"https://a.example/"}]},
          {"blocks":[{"type":"heading","level":3,"content":[{"type":"text","text":"Two"}]}]},
          {"blocks":[{"type":"image","src":"https://a.example/3.png","alt":"Three"}]}]}]}
        """;

    /// <summary>A code that is drawn, and travels in the mail.</summary>
    public const string Codes = """
        {"blocks":[{"type":"text","content":[{"type":"paragraph","content":[{"type":"text","text":"Your code, "},{"type":"variable","name":"customer.name"}]}]},
         {"type":"qr","value":"{{ customer.id }}"},{"type":"barcode","value":"{{ customer.id }}"}],"footer":{}}
        """;

    public static readonly BrandDetails Brand = new()
    {
        Id = "brd_1",
        Name = "Böots & Hats {{ ltd }}",
        PrivacyPolicyUrl = "https://shop.example/privacy",
        TermsOfUseUrl = "https://shop.example/terms",
        WebsiteUrl = "shop.example",
        LogoUrl = "https://shop.example/logo.png",
        Street = "Porcelanowa 23",
        City = "Katowice",
        Postal = "40-246",
        Country = "Poland",
        Email = "help@shop.example",
        Phone = "+48 32 000 00 00",
    };

    public static MailDocument Read(string json) => JsonSerializer.Deserialize<MailDocument>(json, WireJson.Options)!;
}
