using Marketing.Channels.Email.Feedback;
using Marketing.Customers;
using MimeKit;

namespace Marketing.Channels.Email.Smtp;

/// <summary>A mail server of a project's own.</summary>
internal sealed class SmtpProvider(SmtpTransports servers, MailFeedbacks feedbacks) : IProvider
{
    public const string Host = "host";
    public const string Port = "port";
    public const string User = "user";
    public const string Password = "password";
    public const string From = "from";
    public const string Security = "security";
    public const string MaxConnections = "max_connections";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public ProviderDescriptor Descriptor { get; } = new("email", "smtp", "Mail server")
    {
        GivesReceipts = true,
        Fields =
        [
            new(Host, EntryKind.Line, "Host") { Required = true, Max = 253, Help = "Name or address of the server that takes mail for delivery." },
            new(Port, EntryKind.Number, "Port") { Min = 1, Max = 65535, Default = "587" },
            new(Security, EntryKind.Choice, "Encryption") { Options = ["auto", "none", "starttls", "tls"], Default = "auto", Help = "auto: TLS from the start on port 465, otherwise STARTTLS where the server offers it." },
            new(From, EntryKind.Mailbox, "Sender") { Required = true, Max = 320, Help = "The address that mails come from, or Name <address>. The server must be allowed to send for its domain." },
            new(MaxConnections, EntryKind.Number, "Connections") { Min = 1, Max = 100, Default = "16", Help = "The most at once, from each process." },
            new(User, EntryKind.Secret, "User"),
            new(Password, EntryKind.Secret, "Password"),
            .. MailFeedbacks.Fields,
            .. MailReturns.Fields,
        ],
    };

    public IEnumerable<FieldProblem> Check(ConnectionValues values)
    {
        if (!MailboxAddress.TryParse(values.Line(From), out var from) || !EmailAddress.TryNormalize(from.Address, out _))
        {
            yield return new FieldProblem($"settings.{From}", "must be an address such as Shop <news@example.com>");
        }

        if (Uri.CheckHostName(values.Line(Host)) == UriHostNameType.Unknown)
        {
            yield return new FieldProblem($"settings.{Host}", "must be the name or the address of a server");
        }

        if (values.Text(User) is null != values.Text(Password) is null)
        {
            yield return new FieldProblem("credentials", "must have user and password together, or neither");
        }

        foreach (var problem in (feedbacks.Of(values)?.Check(values) ?? []).Concat(MailReturns.Check(values)))
        {
            yield return problem;
        }
    }

    public async Task<ConnectionCheck> TestAsync(ProviderCall call)
    {
        var connection = call.Connection;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await using var opened = await SmtpConnector.OpenAsync(servers.OptionsOf(connection), patience.Token);
            return new ConnectionCheck(true, "The mail server took the connection" + (connection.Values.Text(User) is null ? "." : " and the credentials."));
        }
        catch (Exception problem)
        {
            return new ConnectionCheck(false, problem is OperationCanceledException ? "The mail server did not answer in time." : SmtpVerdict.NoConnection(problem, TimeSpan.Zero).Reason);
        }
    }
}
