"""What the customer confirms before the work, in words to be read aloud."""

from __future__ import annotations

from app.words import _


def point_words(code: str, amount: str) -> tuple[str, str]:
    """The sentence that is confirmed and the line that explains it, by the code of ``points_before``.

    ``amount``: the price as agreed.
    """
    return {
        "backup": (
            _("必要なデータのバックアップをお客さまが確認しました"),
            _("バックアップがないデータは、作業のあとで元に戻せません。機器ごとの有無は上で確認します。"),
        ),
        "deletion": (
            _("作業により、機器内のデータ・設定・アプリが消えることを了承しました"),
            _("OSリカバリなどは、機器を初期の状態に戻します。"),
        ),
        "confidential": (
            _("機密情報・個人情報は、お客さまが保護または退避しました"),
            _("作業中に画面に表示されることがあります。お預かりしたID・パスワードは作業後に破棄します。"),
        ),
        "price": (
            _("料金{amount}（税込）は、作業の結果にかかわらずお支払いいただきます").format(amount=amount),
            _("24条3項。作業の内容が変わるときは、先に金額をお知らせします。"),
        ),
    }[code]
