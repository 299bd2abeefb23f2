using Marketing.Templates;

namespace Marketing.Channels.Webhooks;

/// <summary>What keeps a webhook entry of a draft from being activated.</summary>
internal static class WebhookRules
{
    public static IEnumerable<FieldProblem> Validate(ChannelTemplate? template, TemplateScope scope, bool allowPrivateNetworks)
    {
        if (template is null)
        {
            return [new FieldProblem("template", "A webhook needs an event name and a target URL.")];
        }

        return
        [
            .. EventName(template),
            .. Target(template, allowPrivateNetworks),
            .. Headers(template),
            .. Fields(template, scope),
            .. Payload(template, scope),
        ];
    }

    private static IEnumerable<FieldProblem> EventName(ChannelTemplate template)
    {
        if (string.IsNullOrWhiteSpace(template.EventName))
        {
            yield return new FieldProblem("template.event_name", "An event name is required.") { Code = "required" };
        }
    }

    private static IEnumerable<FieldProblem> Target(ChannelTemplate template, bool allowPrivateNetworks)
    {
        // Where a path leads is said by the connection.
        if (!WebhookTarget.IsPath(template.TargetUrl) && WebhookTarget.WhyNot(template.TargetUrl, allowPrivateNetworks, out _) is { } why)
        {
            yield return new FieldProblem("template.target_url", why);
        }
    }

    private static IEnumerable<FieldProblem> Headers(ChannelTemplate template)
    {
        foreach (var (name, value) in template.Headers ?? new Dictionary<string, string>())
        {
            if (WebhookHeaders.WhyNot(name, value) is { } why)
            {
                yield return new FieldProblem($"template.headers.{name}", why);
            }
        }
    }

    private static IEnumerable<FieldProblem> Fields(ChannelTemplate template, TemplateScope scope)
    {
        for (var i = 0; i < (template.Fields?.Count ?? 0); i++)
        {
            if (!scope.Roots.ContainsKey(template.Fields![i]))
            {
                yield return new FieldProblem($"template.fields[{i}]", $"This trigger has no '{template.Fields[i]}'.");
            }
        }
    }

    private static IEnumerable<FieldProblem> Payload(ChannelTemplate template, TemplateScope scope)
    {
        if (template.Payload is null)
        {
            if (template.RawPayload)
            {
                yield return new FieldProblem("template.payload", "A raw payload has to be designed.");
            }

            yield break;
        }

        var payload = PayloadCompiler.Compile(template.Payload);
        foreach (var error in payload.Errors)
        {
            yield return error.ToProblem();
        }

        foreach (var use in payload.Uses)
        {
            if (use.Variable.WhyUnknown(scope) is { } why)
            {
                yield return new PayloadTemplate.Error(why, use.Place).ToProblem();
            }
        }
    }
}
