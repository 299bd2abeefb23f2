using Marketing.Customers;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>Refuses a configuration that could not send, naming the key, before anything starts.</summary>
internal sealed class EmailOptionsValidator : IValidateOptions<EmailOptions>
{
    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        var failures = Failures(options).Select(failure => $"{EmailOptions.Section}:{failure}").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(EmailOptions options)
    {
        if (!MailboxAddress.TryParse(options.From, out var from) || !EmailAddress.TryNormalize(from.Address, out _))
        {
            yield return "From must be an address such as 'Shop <noreply@example.com>'.";
        }

        if (options.Host is not null && string.IsNullOrWhiteSpace(options.Host))
        {
            yield return "Host must be a name or an address, or not be set at all.";
        }

        if (options.Port is < 1 or > 65535)
        {
            yield return "Port must be between 1 and 65535.";
        }

        if (options.User is null != options.Password is null)
        {
            yield return "User and Password must be set together.";
        }

        if (!Enum.IsDefined(options.Security))
        {
            yield return $"Security must be one of {string.Join(", ", Enum.GetNames<EmailSecurity>())}.";
        }

        if (options.MaxConnections is < 1 or > 1000)
        {
            yield return "MaxConnections must be between 1 and 1000.";
        }

        if (options.MessagesPerConnection < 1)
        {
            yield return "MessagesPerConnection must be at least 1.";
        }

        if (options.IdleTimeout < TimeSpan.FromSeconds(1) || options.IdleTimeout > TimeSpan.FromHours(1))
        {
            yield return "IdleTimeout must be between 1 second and 1 hour.";
        }

        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromMinutes(10))
        {
            yield return "Timeout must be between 0.1 seconds and 10 minutes.";
        }

        if (options.RetryDelays.Any(delay => delay <= TimeSpan.Zero))
        {
            yield return "RetryDelays must be positive.";
        }

        if (options.BreakerThreshold < 1)
        {
            yield return "BreakerThreshold must be at least 1.";
        }

        if (options.BreakerFirstPause < TimeSpan.FromMilliseconds(50) || options.BreakerFirstPause > options.BreakerMaxPause || options.BreakerMaxPause > TimeSpan.FromDays(1))
        {
            yield return "BreakerFirstPause and BreakerMaxPause must be between 0.05 seconds and 1 day, the first not longer than the other.";
        }

        if (options.DeferralLimit < TimeSpan.Zero || options.DeferralLimit > TimeSpan.FromDays(30))
        {
            yield return "DeferralLimit must be between 0 and 30 days.";
        }

        if (options.Host is null && string.IsNullOrWhiteSpace(options.OutboxDirectory))
        {
            yield return "OutboxDirectory must be set while Host is not.";
        }
    }
}
