using System.Text.Json;
using Marketing.Channels;
using Marketing.MessageTemplates;

namespace Marketing.Distributions;

/// <summary>
/// Drafts whose content is that of a saved template. It is copied when the distribution is saved, so a message asks for no template, and what becomes of the template afterwards is nothing to the distribution.
/// </summary>
internal sealed class SavedContents(MessageTemplateReads templates)
{
    private static readonly byte[] Nothing = ContentOf(new ChannelTemplate());

    /// <summary>The draft with the contents that it names, each at a version; or what is wrong.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="draft">What is to be saved.</param>
    /// <param name="present">What is saved already: what it has need not be there any more.</param>
    public async Task<(DistributionDraft Draft, IReadOnlyList<FieldProblem> Problems)> TakeAsync(int project, DistributionDraft draft, DistributionDraft? present)
    {
        if (draft.Channels.All(static entry => entry.Template?.Saved is null))
        {
            return (draft, []);
        }

        var (entries, problems) = (new List<ChannelDefinition>(draft.Channels.Count), new List<FieldProblem>());
        foreach (var (i, entry) in draft.Channels.Index())
        {
            entries.Add(entry.Template is { Saved: { } saved } given && !IsThere(given, present)
                ? entry with { Template = await TakeAsync(project, given, saved, $"channels[{i}].template", problems) }
                : entry);
        }

        return (draft with { Channels = entries }, problems);
    }

    /// <summary>The draft for another distribution: contents of templates that are gone are its own.</summary>
    public async Task<DistributionDraft> OfCopyAsync(int project, DistributionDraft draft)
    {
        var entries = new List<ChannelDefinition>(draft.Channels.Count);
        foreach (var entry in draft.Channels)
        {
            entries.Add(entry.Template is { Saved: { } saved } template && await templates.FindAsync(project, saved.Id, saved.Version) is null
                ? entry with { Template = template with { Saved = null } }
                : entry);
        }

        return draft with { Channels = entries };
    }

    private async Task<ChannelTemplate> TakeAsync(int project, ChannelTemplate given, SavedContent saved, string path, List<FieldProblem> problems)
    {
        if (await templates.FindAsync(project, saved.Id, saved.Version) is not { } template)
        {
            problems.Add(FieldProblem.Unknown($"{path}.saved", "there is no such saved template, or no such version of it"));
            return given;
        }

        // Somebody may send back what was read. What is another content would be lost.
        var content = ContentOf(given);
        if (!content.AsSpan().SequenceEqual(Nothing) && !content.AsSpan().SequenceEqual(ContentOf(template.Template)))
        {
            problems.Add(new(path, "has a content of its own beside a saved one; leave saved out to change the content"));
        }

        return template.Template with
        {
            Saved = new SavedContent { Id = saved.Id, Version = template.Version },
            FromName = given.FromName ?? template.Template.FromName,
            ReplyTo = given.ReplyTo ?? template.Template.ReplyTo,
        };
    }

    private static bool IsThere(ChannelTemplate given, DistributionDraft? present) => present?.Channels.Any(entry =>
        entry.Template is { Saved: { Version: not null } saved } template && saved == given.Saved && ContentOf(given).AsSpan().SequenceEqual(ContentOf(template))) is true;

    // An empty text is none.
    private static byte[] ContentOf(ChannelTemplate template) => JsonSerializer.SerializeToUtf8Bytes(
        template with { Saved = null, FromName = null, ReplyTo = null, Subject = TextOf(template.Subject), Html = TextOf(template.Html), Text = TextOf(template.Text) }, WireJson.Options);

    private static string? TextOf(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
