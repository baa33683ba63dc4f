using System.Reflection;

namespace Waybill.TestStores;

/// <summary>A port that a test expects nobody to use: every call throws.</summary>
public class UnexpectedPort : DispatchProxy
{
    public static T For<T>()
        where T : class => Create<T, UnexpectedPort>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        throw new InvalidOperationException($"This test expects no call of {targetMethod?.DeclaringType?.Name}.{targetMethod?.Name}.");
}
