using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Marketing.Hosting;

/// <summary>Where other silos and clients reach this silo: the ports are claimed as long as this lives.</summary>
internal sealed class SiloEndpoint : IDisposable
{
    private const string PortKey = "Distributions:Silo:Port";
    private const string GatewayPortKey = "Distributions:Silo:GatewayPort";
    private const string HostKey = "Distributions:Silo:Host";
    private const int UsualPort = 11111;
    private const int UsualGatewayPort = 30000;

    private readonly PortClaim _silo;
    private readonly PortClaim _gateway;

    private SiloEndpoint(IPAddress address, PortClaim silo, PortClaim gateway) => (Address, _silo, _gateway) = (address, silo, gateway);

    /// <summary>Listened on and told to the others.</summary>
    public IPAddress Address { get; }

    /// <summary>For silos.</summary>
    public int Port => _silo.Port;

    /// <summary>For clients.</summary>
    public int GatewayPort => _gateway.Port;

    /// <summary>
    /// As configured. The ports have no authentication, so nothing but the loopback address is listened on unless a host is named. A port that is not
    /// named is the usual one, or any free one where another silo has taken that.
    /// </summary>
    public static SiloEndpoint Of(IConfiguration configuration)
    {
        var host = configuration[HostKey];
        var address = string.IsNullOrEmpty(host) ? IPAddress.Loopback : Resolve(host);
        return new SiloEndpoint(address, Claim(configuration, address, PortKey, UsualPort), Claim(configuration, address, GatewayPortKey, UsualGatewayPort));
    }

    /// <summary>On the loopback address, at the ports given; 0 is any free one.</summary>
    public static SiloEndpoint OnLoopback(int port, int gatewayPort)
    {
        var silo = PortClaim.TryOf(IPAddress.Loopback, port) ?? throw new SiloPortInUseException(port, PortKey);
        try
        {
            var gateway = PortClaim.TryOf(IPAddress.Loopback, gatewayPort) ?? throw new SiloPortInUseException(gatewayPort, GatewayPortKey);
            return new SiloEndpoint(IPAddress.Loopback, silo, gateway);
        }
        catch
        {
            silo.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _silo.Dispose();
        _gateway.Dispose();
    }

    private static PortClaim Claim(IConfiguration configuration, IPAddress address, string key, int usual)
    {
        var configured = configuration.GetValue<int?>(key);
        var claim = PortClaim.TryOf(address, configured ?? usual);
        if (claim is null && configured is null)
        {
            claim = PortClaim.TryOf(address, 0);
        }

        return claim ?? throw new SiloPortInUseException(configured ?? 0, key);
    }

    private static IPAddress Resolve(string host)
    {
        return Known(host).OrderBy(address => address.AddressFamily != AddressFamily.InterNetwork).First();
    }

    private static IPAddress[] Known(string host)
    {
        try
        {
            return IPAddress.TryParse(host, out var literal) ? [literal] : Dns.GetHostAddresses(host);
        }
        catch (SocketException unknown)
        {
            throw new SettingsRefusedException([$"{HostKey} is '{host}', of which no address is known: {unknown.Message}."]);
        }
    }
}
