using System.Text.Json.Nodes;

namespace Marketing.Demo;

/// <summary>What the demo writes, through which channels.</summary>
internal static class DemoContents
{
    private const string Button = "#0f766e";

    /// <summary>A code as a picture that travels in the mail, and the same code as a text message.</summary>
    public static JsonArray Code() =>
    [
        Mail(
            "{{ voucher.value }} off, {{ customer.name | default: 'friend' }}",
            "Your own code for gold week: {{ voucher.value }} off everything.",
            Heading("{{ voucher.value }} off, just for you"),
            Text(
                [Say("Dear "), Name(), Say(",")],
                [Say("you are one of our gold customers, so gold week begins earlier for you. This code takes "), Say("{{ voucher.value }}", bold: true), Say(" off your next order:")]),
            new JsonObject { ["type"] = "qr", ["value"] = "{{ voucher.code }}", ["size"] = 180, ["align"] = "center" },
            ShopNow("Shop with your code", "https://shop.example/?code={{ voucher.code }}"),
            new JsonObject { ["type"] = "divider", ["color"] = "#e2e8f0" },
            Text([Say("In our shops, show the picture at the till. The code is yours alone and can be used once.")])),
        new JsonObject
        {
            ["type"] = "sms",
            ["template"] = new JsonObject { ["text"] = "{{ customer.name | default: 'Hello' }}, your code for gold week: {{ voucher.code }}, {{ voucher.value }} off. Reply STOP to get no more.", ["max_segments"] = 2 },
        },
    ];

    /// <summary>News for everybody of a segment.</summary>
    public static JsonArray GoldWeek() =>
    [
        Mail(
            "{{ customer.name | default: 'Friend' }}, it is gold week",
            "The new {{ customer.metadata.favourite_category }} shelf, a week before everybody else.",
            Heading("Gold week is here"),
            Text(
                [Say("Dear "), Name(), Say(" in {{ customer.address.city }},")],
                [Say("as one of our gold customers you see the new "), Say("{{ customer.metadata.favourite_category }}", bold: true), Say(" shelf a week before everybody else.")]),
            ShopNow("See the new shelf", "https://shop.example/{{ customer.metadata.favourite_category | url_encode }}")),
    ];

    /// <summary>HTML as somebody wrote it by hand.</summary>
    public static JsonArray StillLooking() =>
    [
        new JsonObject
        {
            ["type"] = "email",
            ["template"] = new JsonObject
            {
                ["subject"] = "Still looking, {{ customer.name | default: 'friend' }}?",
                ["html"] = """
                    <p>Hello {{ customer.name | default: 'friend' }},</p>
                    <p>you looked at {{ customer.events.product_viewed.count }} things in our shop. May we help you choose?</p>
                    <p><a href="{{ unsubscribe_url }}">No more of these</a></p>
                    """,
                ["from_name"] = "Sample Shop",
            },
        },
    ];

    private static JsonObject Mail(string subject, string preheader, params JsonObject[] blocks) => new()
    {
        ["type"] = "email",
        ["template"] = new JsonObject
        {
            ["subject"] = subject,
            ["from_name"] = "Sample Shop",
            ["blocks"] = new JsonObject
            {
                ["version"] = 1,
                ["preheader"] = preheader,
                ["language"] = "en",
                ["settings"] = new JsonObject { ["background"] = "#f1f5f9", ["surface"] = "#ffffff", ["text_color"] = "#1e293b", ["link_color"] = Button },
                ["header"] = new JsonObject { ["width"] = 220 },
                ["blocks"] = new JsonArray([.. blocks]),
                ["footer"] = new JsonObject(),
            },
        },
    };

    private static JsonObject Heading(string text) => new() { ["type"] = "heading", ["level"] = 1, ["align"] = "center", ["content"] = new JsonArray(Say(text)) };

    private static JsonObject Text(params JsonObject[][] paragraphs) => new()
    {
        ["type"] = "text",
        ["content"] = new JsonArray([.. paragraphs.Select(static line => new JsonObject { ["type"] = "paragraph", ["content"] = new JsonArray([.. line]) })]),
    };

    private static JsonObject ShopNow(string text, string href) =>
        new() { ["type"] = "button", ["text"] = text, ["href"] = href, ["fill"] = Button, ["color"] = "#ffffff", ["radius"] = 6, ["align"] = "center" };

    private static JsonObject Name() => new() { ["type"] = "variable", ["name"] = "customer.name", ["fallback"] = "friend" };

    private static JsonObject Say(string text, bool bold = false) =>
        bold ? new() { ["type"] = "text", ["text"] = text, ["marks"] = new JsonObject { ["bold"] = true } } : new() { ["type"] = "text", ["text"] = text };
}
