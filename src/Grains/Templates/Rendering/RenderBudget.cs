namespace Marketing.Templates;

/// <summary>
/// What the templates of one message may use up together: time, and characters of all texts made on the way, whether they are printed or not. The limit of one text
/// does not bound a template, which may make any number of them and keep them in variables.
/// </summary>
internal sealed class RenderBudget
{
    /// <summary>Characters, of two bytes each.</summary>
    public const int MaxCharacters = 32 * 1024 * 1024;

    /// <summary>Entries of one list.</summary>
    public const int MaxItems = 100_000;

    /// <summary>No text a template makes, on the way or at the end, may be longer: a message this size is a mistake or an attack.</summary>
    public const int MaxLength = 2 * 1024 * 1024;

    private const int Milliseconds = 5_000;

    // What an entry takes beside its text.
    private const int PerItem = 16;

    // Values have no way to be handed it, and rendering never leaves its thread.
    [ThreadStatic]
    private static RenderBudget? _current;

    private readonly long _until = Environment.TickCount64 + Milliseconds;
    private long _spent;

    /// <summary>The work spends from this budget.</summary>
    public T Within<T>(Func<T> work)
    {
        var outer = _current;
        _current = this;
        try
        {
            return work();
        }
        finally
        {
            _current = outer;
        }
    }

    /// <summary>Takes a text's characters before, or as soon as, it is made; none looks at the clock.</summary>
    public static void Spend(long characters) => _current?.Take(characters);

    /// <summary>The length a text is about to have.</summary>
    public static void CheckLength(long length)
    {
        if (length > MaxLength)
        {
            throw new TemplateRenderException($"A text is made that is longer than {MaxLength} characters.");
        }
    }

    /// <summary>The entries a list has or is about to have.</summary>
    public static void CheckItems(long count)
    {
        if (count > MaxItems)
        {
            throw new TemplateRenderException($"A list has more than {MaxItems} entries.");
        }

        Spend(count * PerItem);
    }

    private void Take(long characters)
    {
        _spent += characters;
        if (_spent > MaxCharacters)
        {
            throw new TemplateRenderException($"The template makes texts and lists of more than {MaxCharacters} characters on the way.");
        }

        if (Environment.TickCount64 > _until)
        {
            throw new TemplateRenderException("The template takes too long.");
        }
    }
}
