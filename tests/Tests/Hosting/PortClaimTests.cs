using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Marketing.Hosting;

public sealed class PortClaimTests
{
    // An address of its own: nobody else's ports are in the way, and these are in nobody's.
    private static readonly IPAddress Here = IPAddress.Parse("127.83.19.7");

    [Fact]
    public void A_port_of_the_engines_choice_is_one_nobody_listens_on()
    {
        var busy = Enumerable.Range(0, 1_500).Select(_ => Listener(0)).ToList();
        var claims = new List<PortClaim>();
        try
        {
            var taken = busy.ConvertAll(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToHashSet();
            for (var i = 0; i < 200; i++)
            {
                claims.Add(PortClaim.TryOf(Here, 0)!);
            }

            Assert.DoesNotContain(claims, claim => taken.Contains(claim.Port));
            Assert.Equal(claims.Count, claims.Select(claim => claim.Port).Distinct().Count());
        }
        finally
        {
            busy.ForEach(listener => listener.Dispose());
            claims.ForEach(claim => claim.Dispose());
        }
    }

    [Fact]
    public void A_port_is_claimed_once_and_again_when_it_was_given_up()
    {
        using var first = PortClaim.TryOf(Here, 0)!;
        Assert.Null(PortClaim.TryOf(Here, first.Port));
        first.Dispose();
        using var again = PortClaim.TryOf(Here, first.Port);
        Assert.NotNull(again);
    }

    [Fact]
    public void A_port_somebody_listens_on_is_not_claimed()
    {
        using var busy = Listener(0);
        Assert.Null(PortClaim.TryOf(Here, ((IPEndPoint)busy.LocalEndpoint).Port));
    }

    [Fact]
    public void The_two_ports_of_a_silo_differ_also_when_one_is_chosen()
    {
        using var free = SiloEndpoint.OnLoopback(0, 0);
        Assert.NotEqual(free.Port, free.GatewayPort);
        Assert.Throws<SiloPortInUseException>(() => SiloEndpoint.OnLoopback(free.Port, 0));
        Assert.Throws<SiloPortInUseException>(() => SiloEndpoint.OnLoopback(0, free.GatewayPort));
    }

    private static TcpListener Listener(int port)
    {
        var listener = new TcpListener(Here, port) { ExclusiveAddressUse = true };
        listener.Start();
        return listener;
    }
}
