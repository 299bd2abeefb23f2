using System.Globalization;
using Marketing.Channels;
using Marketing.Channels.Sms;
using Marketing.Projects;

namespace Marketing.Connections;

/// <summary>The public addresses of connections.</summary>
internal sealed class ReceiptAddresses(SignedLinks links) : IReceiptAddresses
{
    public string? Of(ChannelConnection connection, string? messageId) => Of(connection.Project, connection.Id, messageId);

    public string? Of(int project, string connection, string? messageId)
    {
        var url = links.Url(string.Create(CultureInfo.InvariantCulture, $"/hooks/channels/{project}/{connection}"));
        return !url.StartsWith("http", StringComparison.Ordinal) ? null
            : messageId is null ? url
            : $"{url}?{SmsOutcomes.MessageParameter}={Uri.EscapeDataString(messageId)}";
    }

    /// <summary>The address as a provider knows it that called with this path and query.</summary>
    public string Called(string pathAndQuery) => links.Url(pathAndQuery);
}
