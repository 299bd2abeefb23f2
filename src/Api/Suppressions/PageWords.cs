namespace Marketing.Suppressions;

/// <summary>What the pages behind links in messages say, in the language of who reads. A text with a gap has {0} in it.</summary>
internal sealed record PageWords
{
    public required string Language { get; init; }

    public required string Unsubscribe { get; init; }

    /// <summary>From the address.</summary>
    public required string Stop { get; init; }

    /// <summary>From a topic and the address.</summary>
    public required string StopTopic { get; init; }

    public required string Unsubscribed { get; init; }

    public required string NoMore { get; init; }

    public required string NoMoreTopic { get; init; }

    public required string Unchanged { get; init; }

    public required string UseButton { get; init; }

    public required string Invalid { get; init; }

    public required string CutOff { get; init; }

    public required string Preferences { get; init; }

    public required string OfBrand { get; init; }

    public required string For { get; init; }

    public required string Emails { get; init; }

    public required string Texts { get; init; }

    public required string Topics { get; init; }

    public required string Locked { get; init; }

    public required string Save { get; init; }

    public required string Saved { get; init; }

    public required string Choose { get; init; }

    public static readonly PageWords English = new()
    {
        Language = "en",
        Unsubscribe = "Unsubscribe",
        Stop = "Stop messages to {0}?",
        StopTopic = "Stop messages about {0} to {1}?",
        Unsubscribed = "You are unsubscribed",
        NoMore = "No more messages go to {0}.",
        NoMoreTopic = "No more messages about {0} go to {1}.",
        Unchanged = "Nothing was changed",
        UseButton = "Please use the button on the page behind the link.",
        Invalid = "This link is not valid",
        CutOff = "Perhaps it was cut off on the way.",
        Preferences = "What do you want to hear about?",
        OfBrand = "Messages of {0}",
        For = "For {0}",
        Emails = "Emails",
        Texts = "Messages",
        Topics = "Topics",
        Locked = "Nothing is sent to this address: messages came back, were reported as spam, or the sender took it off. To change that, please write to the sender.",
        Save = "Save",
        Saved = "Your choice is saved.",
        Choose = "Choose what you get",
    };

    public static readonly PageWords German = new()
    {
        Language = "de",
        Unsubscribe = "Abmelden",
        Stop = "Keine Nachrichten mehr an {0}?",
        StopTopic = "Keine Nachrichten mehr über {0} an {1}?",
        Unsubscribed = "Sie sind abgemeldet",
        NoMore = "An {0} gehen keine Nachrichten mehr.",
        NoMoreTopic = "Über {0} gehen keine Nachrichten mehr an {1}.",
        Unchanged = "Es wurde nichts geändert",
        UseButton = "Bitte benutzen Sie den Knopf auf der Seite hinter dem Link.",
        Invalid = "Dieser Link ist nicht gültig",
        CutOff = "Vielleicht wurde er unterwegs abgeschnitten.",
        Preferences = "Worüber möchten Sie etwas hören?",
        OfBrand = "Nachrichten von {0}",
        For = "Für {0}",
        Emails = "E-Mails",
        Texts = "Nachrichten",
        Topics = "Themen",
        Locked = "An diese Adresse wird nichts gesendet: Nachrichten kamen zurück, wurden als Spam gemeldet, oder der Absender hat sie ausgenommen. Wenn Sie das ändern möchten, schreiben Sie bitte dem Absender.",
        Save = "Speichern",
        Saved = "Ihre Auswahl ist gespeichert.",
        Choose = "Auswählen, was Sie bekommen",
    };

    /// <summary>Those of a request: German where its reader prefers that to English.</summary>
    public static PageWords Of(HttpRequest request)
    {
        foreach (var preferred in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(static language => language.Quality ?? 1))
        {
            var language = preferred.Value.AsSpan();
            if (language.StartsWith("de", StringComparison.OrdinalIgnoreCase))
            {
                return German;
            }

            if (language.StartsWith("en", StringComparison.OrdinalIgnoreCase))
            {
                return English;
            }
        }

        return English;
    }
}
