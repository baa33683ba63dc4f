namespace Waybill.Web.Requests;

/// <summary>How long what people write may be, in characters.</summary>
internal static class FieldLimits
{
    public const int Name = 256;
    public const int Reason = 1000;
}
