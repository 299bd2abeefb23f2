using Marketing.Customers;
using Marketing.Templates;
using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>A distribution's email, prepared once for all its messages.</summary>
internal sealed class EmailTemplate
{
    private readonly EmailSender _from;
    private readonly MailboxAddress? _replyTo;
    private readonly CompiledTemplate? _subject;
    private readonly CompiledTemplate? _html;
    private readonly CompiledTemplate? _text;
    private readonly CompiledTemplate? _textOfHtml;

    public EmailTemplate(ChannelTemplate? template, TemplateEngine engine, MailboxAddress sender, TemplateScope? scope)
    {
        var problems = new List<FieldProblem>();
        _subject = Compile(engine, "subject", template?.Subject, TemplateKind.Header, scope, problems);
        _html = Compile(engine, "html", template?.Html, TemplateKind.Html, scope, problems);
        _text = Compile(engine, "text", template?.Text, TemplateKind.Text, scope, problems);

        if (string.IsNullOrWhiteSpace(template?.Subject))
        {
            problems.Add(new FieldProblem("template.subject", "An email needs a subject.") { Code = "required" });
        }

        if (string.IsNullOrWhiteSpace(template?.Html) && string.IsNullOrWhiteSpace(template?.Text))
        {
            problems.Add(new FieldProblem("template.html", "An email needs an HTML part or a text part.") { Code = "required" });
        }

        var from = sender;
        if (template?.FromName is { Length: > 0 } name)
        {
            if (name.Length > 200 || name.Any(char.IsControl))
            {
                problems.Add(new FieldProblem("template.from_name", "The sender's name is at most 200 characters, on one line."));
            }

            from = new MailboxAddress(Markup.OneLine(name).Trim(), sender.Address);
        }

        _from = new EmailSender(from);

        if (template?.ReplyTo is { Length: > 0 } replyTo)
        {
            if (!replyTo.Any(char.IsControl) && MailboxAddress.TryParse(replyTo, out var mailbox) && EmailAddress.IsMailbox(mailbox.Address))
            {
                _replyTo = mailbox;
            }
            else
            {
                problems.Add(new FieldProblem("template.reply_to", "The reply address is not an email address."));
            }
        }

        Problems = problems;
        if (problems.Count == 0 && _text is null && engine.Compile(TextOfHtml.TemplateOf(template!.Html!), TemplateKind.TextOfHtml, scope: null) is CompileResult.Ok text)
        {
            _textOfHtml = text.Template;
        }
    }

    public IReadOnlyList<FieldProblem> Problems { get; }

    /// <exception cref="TemplateRenderException">A part cannot be rendered for this model.</exception>
    public RenderedEmail Render(TemplateModel model, string address)
    {
        var subject = Markup.OneLine(Render("subject", _subject, model)!).Trim();
        var html = Render("html", _html, model);

        // Markup that is not even balanced tag by tag gives no template of its own: then the text is made of what was rendered.
        var text = Render("text", _text, model) ?? (Render("html", _textOfHtml, model) is { } made ? TextOfHtml.Settle(made) : TextOfHtml.Of(html!));
        return new RenderedEmail(_from, new MailboxAddress(NameOf(model), address), _replyTo, subject, html, text);
    }

    private static string? Render(string field, CompiledTemplate? template, TemplateModel model)
    {
        try
        {
            return template?.Render(model);
        }
        catch (TemplateRenderException problem)
        {
            problem.Field = PathOf(field);
            throw;
        }
    }

    private static string PathOf(string field) => $"template.{field}";

    private static string? NameOf(TemplateModel model)
    {
        var customer = model.Customer;
        return customer.ValueKind == System.Text.Json.JsonValueKind.Object
            && customer.TryGetProperty("name", out var name) && name.ValueKind == System.Text.Json.JsonValueKind.String
            ? Markup.OneLine(name.GetString()!).Trim() : null;
    }

    private static CompiledTemplate? Compile(
        TemplateEngine engine, string field, string? source, TemplateKind kind, TemplateScope? scope, List<FieldProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(source))
        {
            return null;
        }

        switch (engine.Compile(source, kind, scope))
        {
            case CompileResult.Ok ok:
                return ok.Template;
            case CompileResult.Invalid invalid:
                problems.AddRange(invalid.Problems.Select(problem => problem.In(PathOf(field))));
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
