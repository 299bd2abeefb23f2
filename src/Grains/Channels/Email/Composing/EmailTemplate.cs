using Marketing.Branding;
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
    private readonly List<(CodePicture Picture, CompiledTemplate Value)> _pictures = [];

    // Who reads what fails knows it by the field that was written.
    private readonly string _htmlField = "html";
    private readonly string _textField = "text";

    public EmailTemplate(ChannelTemplate? template, TemplateEngine engine, MailboxAddress sender, BrandDetails? brand, TemplateScope? scope)
    {
        var problems = new List<FieldProblem>();
        Brand = brand;
        _subject = Compile(engine, "subject", template?.Subject, TemplateKind.Header, scope, problems);
        _html = Compile(engine, "html", template?.Html, TemplateKind.Html, scope, problems);
        _text = Compile(engine, "text", template?.Text, TemplateKind.Text, scope, problems);
        if (template?.Blocks is { } document)
        {
            if (!string.IsNullOrWhiteSpace(template.Html))
            {
                problems.Add(new FieldProblem("template.html", "An email has blocks or HTML, not both."));
            }
            else
            {
                (_htmlField, _textField) = ("blocks", _text is null ? "blocks" : "text");
                var mail = MailCompiler.Compile(document, brand);
                (_html, _pictures) = CompileBlocks(engine, mail, scope, problems);
                _text ??= _html is null ? null : Compile(engine, "blocks", mail.Text, TemplateKind.Text, scope: null, problems);

                // Only who looks at a draft asks for it.
                HtmlSource = scope is null ? null : mail.Html;
            }
        }

        if (string.IsNullOrWhiteSpace(template?.Subject))
        {
            problems.Add(new FieldProblem("template.subject", "An email needs a subject.") { Code = "required" });
        }

        if (string.IsNullOrWhiteSpace(template?.Html) && string.IsNullOrWhiteSpace(template?.Text) && template?.Blocks is null)
        {
            problems.Add(new FieldProblem("template.html", "An email needs an HTML part, blocks or a text part.") { Code = "required" });
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
        if (problems.Count == 0 && _text is null && template!.Blocks is null && engine.Compile(TextOfHtml.TemplateOf(template.Html!), TemplateKind.TextOfHtml, scope: null) is CompileResult.Ok text)
        {
            _textOfHtml = text.Template;
        }
    }

    public IReadOnlyList<FieldProblem> Problems { get; }

    /// <summary>The brand details that it was compiled with.</summary>
    public BrandDetails? Brand { get; }

    /// <summary>The HTML that blocks became, for who looks at a draft; null otherwise.</summary>
    public string? HtmlSource { get; }

    /// <exception cref="TemplateRenderException">A part cannot be rendered for this model.</exception>
    public RenderedEmail Render(TemplateModel model, string address)
    {
        var subject = Markup.OneLine(Render("subject", _subject, model)!).Trim();
        var html = Render(_htmlField, _html, model);

        // Markup that is not even balanced tag by tag gives no template of its own: then the text is made of what was rendered.
        var text = Render(_textField, _text, model) ?? (Render("html", _textOfHtml, model) is { } made ? TextOfHtml.Settle(made) : TextOfHtml.Of(html!));
        return new RenderedEmail(_from, new MailboxAddress(NameOf(model), address), _replyTo, subject, html, text) { Pictures = Draw(model) };
    }

    private List<MailPicture> Draw(TemplateModel model)
    {
        var drawn = new List<MailPicture>(_pictures.Count);
        foreach (var (picture, value) in _pictures)
        {
            if (CodeDrawing.Draw(picture.IsQr, Render("blocks", value, model)!.Trim()) is { } png)
            {
                drawn.Add(new MailPicture(picture.ContentId, png));
            }
        }

        return drawn;
    }

    // Each template by itself first, so that what is wrong with it is told where it stands; what is made of all of them can then only be too long.
    private static (CompiledTemplate? Html, List<(CodePicture, CompiledTemplate)> Pictures) CompileBlocks(TemplateEngine engine, CompiledMail mail, TemplateScope? scope, List<FieldProblem> problems)
    {
        var before = problems.Count;
        foreach (var piece in scope is null ? [] : mail.Pieces)
        {
            Compile(engine, $"blocks.{piece.Path}", piece.Source, TemplateKind.Html, scope, problems);
        }

        var pictures = new List<(CodePicture, CompiledTemplate)>();
        if (problems.Count > before)
        {
            return (null, pictures);
        }

        foreach (var picture in mail.Pictures)
        {
            if (Compile(engine, "blocks", picture.Value, TemplateKind.Text, scope: null, problems) is { } value)
            {
                pictures.Add((picture, value));
            }
        }

        return (Compile(engine, "blocks", mail.Html, TemplateKind.Html, scope: null, problems), pictures);
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
