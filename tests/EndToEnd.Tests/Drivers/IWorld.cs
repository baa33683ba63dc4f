using Waybill.Simulation.GitHub;

namespace Waybill.EndToEnd.Tests.Drivers;

/// <summary>What a Waybill under test is started in.</summary>
internal interface IWorld
{
    SimulatedGitHub GitHub { get; }

    /// <summary>The project that the manifests are about.</summary>
    string Project { get; }

    /// <summary>The folder of manifests.</summary>
    string Manifests { get; }

    /// <summary>The folder that Waybill keeps its own things in.</summary>
    string Data { get; }

    /// <summary>Leads to the cluster named <c>test</c>.</summary>
    string Kubeconfig { get; }
}
