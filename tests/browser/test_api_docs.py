"""The API's interactive description in a real browser, under the desk's policy."""

from tests.browser.test_editor_journey import Editor, browser, product, pytestmark, sync_api

__all__ = ["browser", "product", "pytestmark"]


def test_the_api_description_opens_without_complaint_and_leads_back(browser, product, tmp_path):
    olena = Editor(browser, product, tmp_path, "olena")
    olena.page.goto(f"{product.url}/api/v1/docs")
    operation = olena.page.locator(".opblock").first
    sync_api.expect(operation).to_be_visible()
    operation.locator(".opblock-summary-control").click()
    sync_api.expect(operation.locator(".opblock-body")).to_be_visible()
    assert olena.complaints == []
    olena.page.get_by_role("link", name="Back to the desk").click()
    assert "/admin/" in olena.page.url
