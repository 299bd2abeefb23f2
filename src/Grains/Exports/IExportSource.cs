using Marketing.Shapes;

namespace Marketing.Exports;

/// <summary>A kind of object that can be exported. Its feature registers it; nothing else has to be done.</summary>
internal interface IExportSource
{
    /// <summary>What <c>exported_object</c> calls it.</summary>
    string Name { get; }

    /// <summary>The columns there are, in the order in which they are listed.</summary>
    IReadOnlyList<ExportField> Fields { get; }

    /// <summary>The columns of an export that names none.</summary>
    IReadOnlyList<string> Usual { get; }

    /// <summary>The columns an export can be sorted by; a few, of texts and instants.</summary>
    IReadOnlyList<string> Orders { get; }

    /// <summary>The order in which <see cref="WalkAsync"/> goes, one of <see cref="Orders"/>; null where it is none of them. Every other one costs sorting.</summary>
    string? WalkedIn { get; }

    /// <summary>Whether the newest are met first, so that of two from the same moment the one met later is the older.</summary>
    bool MeetsNewestFirst => false;

    /// <summary>What filters are about.</summary>
    Shape Shape { get; }

    /// <summary>The source for an export with some filters: one that walks no more than what they can meet, where it knows how. The filters are asked all the same.</summary>
    IExportSource Within(RawJson? filters) => this;

    /// <summary>Another name of a field of filters, as the shape has it.</summary>
    string Canonical(string field) => field;

    /// <summary>The shop's own attributes of an object, for the columns <c>metadata</c> and <c>metadata.KEY</c>; null where there is no such thing.</summary>
    Func<ExportItem, RawJson?>? Metadata { get; }

    /// <summary>The next objects of a project, in an order in which those that are there already keep their places: each of them is shown once.</summary>
    /// <param name="project">The project.</param>
    /// <param name="after">Where the page before ended, as that said; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    Task<ExportPage> WalkAsync(int project, string? after, int limit);
}

/// <summary>A column.</summary>
/// <param name="Name">As it is asked for, and as it stands in the header.</param>
/// <param name="Text">Its text for an object; null or empty where it has none.</param>
internal sealed record ExportField(string Name, Func<ExportItem, string?> Text);

/// <summary>An object.</summary>
/// <param name="Document">As filters read it.</param>
/// <param name="Row">As columns read it.</param>
internal sealed record ExportItem(byte[] Document, object Row);

/// <summary>Some objects.</summary>
/// <param name="Items">The objects.</param>
/// <param name="Next">Where the next page goes on; null when there is none.</param>
internal sealed record ExportPage(IReadOnlyList<ExportItem> Items, string? Next);

/// <summary>Short ways to declare columns.</summary>
internal static class ExportFields<TRow>
    where TRow : class
{
    public static ExportField Text(string name, Func<TRow, string?> value) => new(name, item => value((TRow)item.Row));

    public static ExportField Number(string name, Func<TRow, long?> value) =>
        new(name, item => value((TRow)item.Row)?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static ExportField Instant(string name, Func<TRow, DateTimeOffset?> value) => new(name, item => value((TRow)item.Row) is { } instant ? WireJson.Text(instant) : null);

    public static ExportField Json(string name, Func<TRow, RawJson?> value) => new(name, item => value((TRow)item.Row)?.ToString());
}
