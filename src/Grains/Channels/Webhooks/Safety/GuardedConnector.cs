using System.Net;
using System.Net.Sockets;

namespace Marketing.Channels.Webhooks;

/// <summary>
/// Opens connections to receivers, to public addresses only. The name is resolved here and the connection goes to the very addresses
/// that were checked, so a name that answers differently the second time gains nothing.
/// </summary>
internal sealed class GuardedConnector(bool allowPrivateNetworks, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    public GuardedConnector(bool allowPrivateNetworks)
        : this(allowPrivateNetworks, Dns.GetHostAddressesAsync)
    {
    }

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await AddressesAsync(context.DnsEndPoint.Host, cancellation);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellation)
    {
        // Parses the decimal, hexadecimal and octal ways of writing an IPv4 address too.
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellation);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        if (allowPrivateNetworks)
        {
            return addresses;
        }

        var allowed = Array.FindAll(addresses, PublicAddress.Is);
        return allowed.Length > 0 ? allowed : throw new BlockedAddressException();
    }
}
